/**
 * The WASI command: binary snapshots on standard input until it ends, a binary result for each on standard output.
 *
 * Exit code 0; or 2 with one sentence on standard error at the first snapshot that is refused. Results of the snapshots
 * before it have been written, nothing of the one refused. Nothing but the three standard streams is touched.
 */
import * as snapshot from "./binary/snapshot";
import * as abi from "./contract";
import { epochBegin, epochCheck, epochResult, epochRun } from "./index";
import { check, onFailure } from "./trap";
import * as sentence from "./wasi/sentence";
import { exitRefused, read, STDOUT, write } from "./wasi/stream";

const HEADER = memory.data(32, 8);

/** The snapshot being read, counted from 1. */
let ordinal: u64 = 0;

/** Says what is wrong with the present snapshot and exits. */
function refuse(code: i32, value: u64): void {
  sentence.text("yuma: snapshot ");
  sentence.number(ordinal);
  sentence.text(": ");
  sentence.text(sentence.meaning(code));
  sentence.text(" ");
  sentence.number(value);
  sentence.text(".\n");
  sentence.print();
  exitRefused();
}

/** Says that a stream failed and exits. */
function refuseStream(text: string): void {
  sentence.text(text);
  sentence.print();
  exitRefused();
}

/** Reads the header of the next snapshot; false at the end of the stream. */
function readHeader(): bool {
  const got = read(HEADER, abi.RECORD_HEADER_BYTES);
  if (got < 0) refuseStream("yuma: standard input cannot be read.\n");
  if (got === 0) return false;
  // A file of another kind may be shorter than a header: say what it is not before saying that it ends.
  if (got >= 4) check(load<u32>(HEADER) === abi.SNAPSHOT_MAGIC, abi.ERROR_MAGIC, load<u32>(HEADER));
  check(got === abi.RECORD_HEADER_BYTES, abi.ERROR_TRUNCATED, <u64>got);
  snapshot.checkHeader(HEADER);
  return true;
}

/** Reads the input block behind the header straight into the kernel. */
function readInput(): void {
  const base = epochBegin(snapshot.uids(HEADER), snapshot.weights(HEADER), snapshot.bonds(HEADER));
  const size = <usize>load<u64>(HEADER, 8) - abi.RECORD_HEADER_BYTES;
  const got = read(base, size);
  if (got < 0) refuseStream("yuma: standard input cannot be read.\n");
  check(<usize>got === size, abi.ERROR_TRUNCATED, abi.RECORD_HEADER_BYTES + <u64>got);
  epochCheck();
}

/** Runs the command. */
export function _start(): void {
  onFailure(refuse);
  for (ordinal = 1; readHeader(); ordinal++) {
    readInput();
    epochRun();
    const record = epochResult(snapshot.flags(HEADER));
    if (!write(STDOUT, record, <usize>load<u64>(record, 8))) {
      refuseStream("yuma: standard output cannot be written.\n");
    }
  }
}
