/**
 * The self-test: a module of its own that makes up snapshots, runs them and returns one number. An engine computes as it
 * must if and only if it gets the number that all others get. No imports and no arguments, so that anything that can call
 * an export can run it.
 */
import { RECORD_MATRICES } from "./contract";
import { epochCheck, epochResult, epochRun } from "./index";
import { make } from "./selfTest/snapshot";

const EPOCHS: u32 = 300;
const FNV_OFFSET: u64 = 0xcbf29ce484222325;
const FNV_PRIME: u64 = 0x100000001b3;

/** How many epochs the self-test runs. */
export function selfTestEpochs(): u32 {
  return EPOCHS;
}

/** Makes snapshot k, below `selfTestEpochs()`, and returns the address of its input block. */
export function selfTestSnapshot(k: u32): usize {
  return make(k);
}

/** FNV-1a, 64 bits, over the binary results of all snapshots, every matrix included. */
export function selfTest(): u64 {
  let hash = FNV_OFFSET;
  for (let k: u32 = 0; k < EPOCHS; k++) {
    make(k);
    epochCheck();
    epochRun();
    const record = epochResult(RECORD_MATRICES);
    const end = record + <usize>load<u64>(record, 8);
    for (let at = record; at < end; at++) hash = (hash ^ load<u8>(at)) * FNV_PRIME;
  }
  return hash;
}
