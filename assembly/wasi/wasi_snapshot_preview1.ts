/**
 * The three system calls the command needs. AssemblyScript names an import's module after the file that declares it, which
 * is why this file has the name it has, and no decorator. @assemblyscript/wasi-shim is not used: it brings strings, arrays
 * and their allocation to programs that are written with console and process; this one has neither.
 */

/** Reads into a list of (address, length) pairs; the number of bytes read is stored, 0 at the end. Returns an errno. */
export declare function fd_read(file: i32, pairs: usize, count: i32, done: usize): i32;

/** Writes from a list of (address, length) pairs; the number of bytes written is stored. Returns an errno. */
export declare function fd_write(file: i32, pairs: usize, count: i32, done: usize): i32;

/** Ends the program. */
export declare function proc_exit(code: i32): void;
