/** The benchmarks' tables. */
import { grouped } from "../host/units.js";
import type { Duel } from "./duel.js";
import type { EmissionTime } from "./emission.js";
import type { Measured } from "./measure.js";
import type { SwapTime } from "./pool.js";
import type { Told } from "./tables.js";

const time = (microseconds: number) =>
  microseconds < 10 ? microseconds.toFixed(1) : grouped(Math.round(microseconds));

/** Contenders on cases. */
export function epochsTable(title: string, measured: readonly Measured[]): Told {
  return {
    title,
    columns: [
      { title: "n" },
      { title: "validators" },
      { title: "density" },
      { title: "rules", words: true },
      { title: "by", words: true },
      { title: "µs" },
      { title: "× float64" },
      { title: "epochs/s" },
      { title: "bytes" },
      { title: "hash", words: true },
    ],
    rows: measured.map((row) => [
      String(row.n),
      String(row.validators),
      `${row.density * 100} %`,
      row.rules,
      row.contender,
      time(row.microseconds),
      row.perFloat64.toFixed(2),
      grouped(Math.round(1e6 / row.microseconds)),
      row.peakBytes === null ? "" : grouped(row.peakBytes),
      row.hash,
    ]),
  };
}

/** The fused path against the twin. */
export function duelsTable(duels: readonly Duel[]): Told {
  return {
    title: "The fused path beside the floating-point twin, µs, the quickest of runs in turns",
    columns: [
      { title: "subnet", words: true },
      { title: "rules", words: true },
      { title: "float64" },
      { title: "fused" },
      { title: "times as fast" },
    ],
    rows: duels.map(({ field, rules, float64, fused }) => [
      field,
      rules,
      time(float64),
      fused.toFixed(1),
      (float64 / fused).toFixed(1),
    ]),
  };
}

/** µs by name. */
export type Times = readonly (readonly [name: string, microseconds: number])[];

/** The name of a sum, which comes last. */
const SUM = "all";

/** Times of the same parts in several columns, with an empty cell where a column has no such part. */
export function timesTable(title: string, part: string, columns: ReadonlyMap<string, Times>, digits?: number): Told {
  const named = new Set([...columns.values()].flatMap((times) => times.map(([name]) => name)));
  const names = named.delete(SUM) ? [...named, SUM] : [...named];
  const told = (microseconds: number) => (digits === undefined ? time(microseconds) : microseconds.toFixed(digits));
  const cell = (times: Times, wanted: string) => {
    const found = times.find(([name]) => name === wanted);
    return found ? told(found[1]) : "";
  };
  return {
    title,
    columns: [{ title: part, words: true }, ...[...columns.keys()].map((column) => ({ title: column }))],
    rows: names.map((name) => [name, ...[...columns.values()].map((times) => cell(times, name))]),
  };
}

/** The times with their sum behind them. */
export function withSum(times: Times): Times {
  return [...times, [SUM, times.reduce((sum, [, microseconds]) => sum + microseconds, 0)]];
}

/** Quotes of a pool. */
export function swapsTable(swaps: readonly SwapTime[]): Told {
  return {
    title: "A swap's quote, µs",
    columns: [
      { title: "power", words: true },
      { title: "kernel" },
      { title: "BigInt twin" },
      { title: "hash", words: true },
    ],
    rows: swaps.map((swap) => [swap.way, time(swap.microseconds), time(swap.twinMicroseconds), swap.hash]),
  };
}

/** Blocks of many subnets. */
export function emissionTable(times: readonly EmissionTime[]): Told {
  return {
    title: "A block's emission",
    columns: [{ title: "subnets" }, { title: "by", words: true }, { title: "µs" }, { title: "hash", words: true }],
    rows: times.map(({ subnets, by, microseconds, hash }) => [String(subnets), by, time(microseconds), hash]),
  };
}
