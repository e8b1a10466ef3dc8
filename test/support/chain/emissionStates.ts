/** What a subnet has to share out, as a chain stores it: pendings, and the pool the block's own parts follow from. */
import { Real } from "../../oracle/real.js";
import { put } from "./items.js";
import type { RawState } from "./node.js";
import type { PublishedCase } from "./published.js";
import type { Arrangement } from "./states.js";

const u96f32 = new Real(128n, 32n, false);
const MAX_U64 = (1n << 64n) - 1n;
/** What an eligible subnet of the tests mints and holds. */
export const POOL = {
  alphaIn: 2_000_000_000_000_000n,
  alphaOut: 1_234_567_890_123_456n,
  rootTao: 5_555_555_555_555_555n,
};
const MINTED = { alphaIn: 123_456_789n, alphaOut: 1_000_000_000n };
const OWNER_CUT = 11_796;

/** The three parts of a block by the protocol's text (B.4f), in the plainest arithmetic. */
export function partsByText(taoWeight: bigint): { server: bigint; validator: bigint; root: bigint } {
  const real = (rao: bigint) => u96f32.fromInt(rao);
  const weight = u96f32.div(real(taoWeight), real(MAX_U64));
  const weighed = u96f32.mul(real(POOL.rootTao), weight);
  const issuance = real(POOL.alphaIn + POOL.alphaOut + MINTED.alphaIn + MINTED.alphaOut);
  const proportion = u96f32.safeDiv(weighed, u96f32.add(weighed, issuance));
  const out = real(MINTED.alphaOut);
  const rest = u96f32.sub(out, u96f32.mul(out, u96f32.div(real(BigInt(OWNER_CUT)), real(65_535n))));
  const half = u96f32.one / 2n;
  const root = u96f32.mul(u96f32.mul(proportion, rest), half);
  const server = u96f32.mul(rest, half);
  const validator = u96f32.sub(u96f32.sub(rest, server), root);
  return { server: server >> 32n, validator: validator >> 32n, root: root >> 32n };
}

/** Stores pendings such that the total is the published one; gives what the block writes. */
export function storeEmission(state: RawState, input: PublishedCase, arrangement: Arrangement): RawState {
  const { netuid, eligible = false, keepsRoot = false } = arrangement;
  const written: RawState = new Map();
  let left = BigInt(input.raoEmission);
  put(state, "TotalNetworks", [], 3);
  put(state, "NetworksAdded", [0], true);
  put(state, "NetworksAdded", [netuid + 5], true);
  if (eligible) {
    const parts = partsByText(BigInt(input.taoWeight));
    left -= parts.server + parts.validator + (keepsRoot ? parts.root : 0n);
    put(state, "FirstEmissionBlockNumber", [netuid], 1);
    put(state, "SubtokenEnabled", [netuid], true);
    put(state, "SubnetMechanism", [netuid], 1);
    put(state, "SubnetMovingPrice", [netuid], [1n << 31n]);
    // Another eligible subnet tips the sum of prices over 1, or leaves it at exactly 1.
    put(state, "FirstEmissionBlockNumber", [netuid + 5], 1);
    put(state, "SubtokenEnabled", [netuid + 5], true);
    put(state, "SubnetMechanism", [netuid + 5], 1);
    put(state, "SubnetMovingPrice", [netuid + 5], [(1n << 31n) + (keepsRoot ? 1n : 0n)]);
    put(state, "SubnetAlphaIn", [netuid], POOL.alphaIn);
    put(state, "SubnetAlphaOut", [netuid], POOL.alphaOut);
    put(state, "SubnetTAO", [0], POOL.rootTao);
    put(written, "SubnetAlphaInEmission", [netuid], MINTED.alphaIn);
    put(written, "SubnetAlphaOutEmission", [netuid], MINTED.alphaOut);
  }
  if (left < 0n) throw new Error(`${input.name}: less emission than the block's own`);
  const third = left / 3n;
  put(state, "PendingServerEmission", [netuid], third);
  put(state, "PendingValidatorEmission", [netuid], third);
  put(state, "PendingRootAlphaDivs", [netuid], left - third - third);
  return written;
}
