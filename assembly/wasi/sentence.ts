/** The one sentence a refusal prints on standard error: text and numbers put together in a small buffer. */
import * as abi from "../contract";
import { STDERR, write } from "./stream";

const CAPACITY: usize = 256;
const BUFFER = memory.data(256);
const DIGITS = memory.data(20);
const ZERO: u8 = 48;

let length: usize = 0;

/** Adds ASCII text; what does not fit is left out. */
export function text(from: string): void {
  for (let k = 0; k < from.length && length < CAPACITY; k++) store<u8>(BUFFER + length++, <u8>from.charCodeAt(k));
}

/** Adds a number in decimal. */
export function number(value: u64): void {
  let rest = value;
  let at: usize = 20;
  do {
    store<u8>(DIGITS + --at, ZERO + <u8>(rest % 10));
    rest /= 10;
  } while (rest !== 0);
  for (; at < 20 && length < CAPACITY; at++) store<u8>(BUFFER + length++, load<u8>(DIGITS + at));
}

/** Prints what has been put together. */
export function print(): void {
  write(STDERR, BUFFER, length);
  length = 0;
}

/** What an ERROR_* code means; completed by its value. */
export function meaning(code: i32): string {
  switch (code) {
    case abi.ERROR_MEMORY:
      return "there is not that much memory (bytes):";
    case abi.ERROR_UIDS:
      return "a subnet has 1 to 4096 uids, not";
    case abi.ERROR_ENTRIES:
      return "a matrix has at most 16777216 entries, not";
    case abi.ERROR_ROWS:
      return "row starts must begin at 0, not descend and end at the count; they do not at row";
    case abi.ERROR_OWNER:
      return "the owner's uid is not in the subnet:";
    case abi.ERROR_FIELD:
      return "a scalar is out of range, number";
    case abi.ERROR_RULES:
      return "there are no such rules:";
    case abi.ERROR_STAKE:
      return "stakes sum to 2^63 rao or more, reached at uid";
    case abi.ERROR_PERMIT:
      return "a permit is 0 or 1; it is not at uid";
    default:
      return format(code);
  }
}

function format(code: i32): string {
  switch (code) {
    case abi.ERROR_DUPLICATE:
      return "a uid stands twice in row";
    case abi.ERROR_MAGIC:
      return "this is no binary snapshot; it begins with the number";
    case abi.ERROR_VERSION:
      return "unknown version or flags of the binary format:";
    case abi.ERROR_LENGTH:
      return "the length does not follow from the counts; it says";
    case abi.ERROR_TRUNCATED:
      return "the input ends within the record, bytes of it there:";
    default:
      return "the kernel failed, with value";
  }
}
