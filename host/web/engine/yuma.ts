/** What the page asks of the package, on its own kernel. The package's entry has every function there is; a page would load them all. */
import { runMechanisms } from "../../api/mechanisms.js";
import { storedRow as rowOf } from "../../api/weights/storedRow.js";
import { readResult } from "../../marshal/read.js";
import type { EpochResult, EpochSnapshot, MechanismsResult, MechanismsSnapshot } from "../../types.js";
import { pageKernel } from "./pageKernel.js";
import { run } from "./run.js";

/** One epoch. */
export const epoch = (snapshot: EpochSnapshot): EpochResult => readResult(run(snapshot), snapshot.n, snapshot.name);

/** The epoch of a subnet with several mechanisms. */
export const mechanismsEpoch = (snapshot: MechanismsSnapshot): MechanismsResult =>
  runMechanisms(pageKernel(), snapshot);

/** The row as the chain stores it. */
export const storedRow = (uids: readonly number[], values: readonly number[]): [uid: number, value: number][] =>
  rowOf(pageKernel(), uids, values);
