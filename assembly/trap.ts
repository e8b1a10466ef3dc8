/**
 * Typed failure. The kernel has no exceptions and no imports: it records what went wrong in two globals the host can
 * read afterwards, then traps. The instance stays usable, because the next `epochBegin` draws its memory afresh.
 */
import { ERROR_INTERNAL } from "./contract";

/** Code of the last failure (contract.ts, `ERROR_*`); meaningful only after a trap. */
export let errorCode: i32 = 0;

/** The offending value of the last failure, as a raw 64-bit integer. */
export let errorValue: u64 = 0;

/** What a program around the kernel does before the trap; the kernel alone has none, and the compiler drops it. */
let lastWords: ((code: i32, value: u64) => void) | null = null;

/** Sets what is called before a trap: a command that must say a sentence and exit, where no host can read the globals. */
export function onFailure(call: (code: i32, value: u64) => void): void {
  lastWords = call;
}

/** Records `code` and `value`, then traps. */
export function fail(code: i32, value: u64): void {
  errorCode = code;
  errorValue = value;
  const call = lastWords;
  if (call !== null) call(code, value);
  unreachable();
}

/** Traps with `code` and `value` unless `condition` holds. */
export function check(condition: bool, code: i32, value: u64): void {
  if (!condition) fail(code, value);
}

/** What AssemblyScript calls for its own runtime checks; the four arguments of the standard hook are dropped. */
export function abort(_message: usize, _file: usize, line: u32, _column: u32): void {
  fail(ERROR_INTERNAL, line);
}
