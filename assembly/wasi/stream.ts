/** Standard input, output and error as plain bytes: whole reads, whole writes, an exit. */
import * as wasi from "./wasi_snapshot_preview1";

const STDIN: i32 = 0;
export const STDOUT: i32 = 1;
export const STDERR: i32 = 2;

const ERRNO_AGAIN: i32 = 6;
const ERRNO_INTERRUPTED: i32 = 27;

/** Exit code of bad input, as the `yuma` command has it. */
const BAD_INPUT: i32 = 2;

/** One (address, length) pair and the count of bytes done. */
const PAIR = memory.data(8, 4);
const DONE = memory.data(4, 4);

/** Reads up to `size` bytes to `address`; fewer only at the end of the stream. Returns how many, or −1 on an error. */
export function read(address: usize, size: usize): isize {
  let have: usize = 0;
  while (have < size) {
    store<u32>(PAIR, <u32>(address + have));
    store<u32>(PAIR, <u32>(size - have), 4);
    store<u32>(DONE, 0);
    const errno = wasi.fd_read(STDIN, PAIR, 1, DONE);
    if (errno === ERRNO_AGAIN || errno === ERRNO_INTERRUPTED) continue;
    if (errno !== 0) return -1;
    const got = load<u32>(DONE);
    if (got === 0) break;
    have += got;
  }
  return have;
}

/** Writes `size` bytes from `address`; false if they cannot all be written. */
export function write(file: i32, address: usize, size: usize): bool {
  let done: usize = 0;
  while (done < size) {
    store<u32>(PAIR, <u32>(address + done));
    store<u32>(PAIR, <u32>(size - done), 4);
    store<u32>(DONE, 0);
    const errno = wasi.fd_write(file, PAIR, 1, DONE);
    if (errno === ERRNO_AGAIN || errno === ERRNO_INTERRUPTED) continue;
    if (errno !== 0) return false;
    done += load<u32>(DONE);
  }
  return true;
}

/** Ends the program for bad input. */
export function exitRefused(): void {
  wasi.proc_exit(BAD_INPUT);
}
