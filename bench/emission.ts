/** A whole block's emission: the kernel's table alone, the function around it, and the BigInt twin. */
import { PHASES_ALL } from "../assembly/emission/contract.js";
import { runCoinbase } from "../host/api/emission/coinbase.js";
import type { CoinbaseState } from "../host/api/emission/types.js";
import { hashOf } from "../host/cli/bench/matrix.js";
import { inlinedModule } from "../host/load/inlined.js";
import { instantiate } from "../host/load/kernel.js";
import { type TwinBlock, twinCoinbase } from "../test/oracle/coinbase.js";
import { type Effort, medianMicroseconds } from "./measure.js";

/** One way to compute the block. */
export interface EmissionTime {
  readonly by: string;
  readonly subnets: number;
  readonly microseconds: number;
  readonly hash: string;
}

/** The hash of a result, whatever order its fields were written in. */
const hashSorted = (result: unknown): string => hashOf(sorted(result));

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return fields.map(([name, inner]) => [name, sorted(inner)]);
}

const WARM_UP = 50;
const ONE_64 = 1n << 64n;

/** A block of made-up subnets, deterministic, under spec 443's rules: burn, and a gate by rank. */
export function blockOf(subnets: number): TwinBlock {
  return {
    rules: { emissionShares: "priceBurn", emissionGate: "rank" },
    currentBlock: 7_000_201n,
    totalIssuance: 10_600_000_000_000_000n,
    rootTao: 5_900_000_000_000_000n,
    taoWeight: 3_320_413_933_267_719_290n,
    ownerCut: 11_796,
    movingAlphaBits: 1_288_490n,
    gate: { rank: 32, barBits: ONE_64 / 121n, quantileBits: 0n, exponentBits: 3n * ONE_64 },
    subnets: Array.from({ length: subnets }, (_, i) => {
      const k = BigInt((i * 7919) % 1009);
      return {
        netuid: i + 1,
        mechanism: 1,
        movingPriceBits: 400_000n * k + 12_345n,
        minerBurnedBits: i % 5 === 0 ? 429_496_729n * (k % 11n) : 0n,
        priceBits: (ONE_64 * (k + 3n)) / 10_007n,
        alphaIn: 1_000_000_000_000_000n + k * 1_234_567_890_123n,
        alphaOut: 900_000_000_000_000n + k * 2_345_678_901_234n,
        tao: 20_000_000_000_000n + k * 34_567_890_123n,
        firstEmissionBlock: 4_920_351n + k,
        subtokenEnabled: true,
        registrationAllowed: true,
        emissionEnabled: i % 23 !== 7,
        ownerCutEnabled: true,
        halvingBlocks: 201_600n,
        pending: { owner: 0n, server: 0n, validator: 0n, root: 0n },
        flowBits: 0n,
        protocolFlowBits: 0n,
      };
    }),
  };
}

/** Times one block by each way. The two that give a whole result show its hash, and it must be one. */
export function measureEmission(subnets: number, effort: Effort): EmissionTime[] {
  const block = blockOf(subnets);
  const state: CoinbaseState = { ...block, rules: 443 };
  const kernel = instantiate(inlinedModule());
  const { rules: _rules, ...own } = runCoinbase(kernel, state);
  const twin = twinCoinbase(block);
  // The table of the call above still stands; it pays one block after another.
  const ways: readonly (readonly [string, () => void, string])[] = [
    ["kernel", () => kernel.exports.emissionRun(PHASES_ALL), ""],
    ["coinbase()", () => runCoinbase(kernel, state), hashSorted(own)],
    ["bigint", () => twinCoinbase(block), hashSorted(twin)],
  ];
  return ways.map(([by, work, hash]) => {
    for (let k = 0; k < (by === "bigint" ? 1 : WARM_UP); k++) work();
    return { by, subnets, microseconds: medianMicroseconds(work, effort), hash };
  });
}
