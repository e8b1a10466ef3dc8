/** One block's alpha shared out between owner, servers, validators and the root, by the kernel, as the chain truncates it. */
import { coinbase } from "../../index.js";
import { notReconstructable } from "./refusal.js";

/** This block's parts in alpha-rao. */
export interface BlockParts {
  readonly server: bigint;
  readonly validator: bigint;
  /** Recycled where root alpha is not kept. */
  readonly root: bigint;
}

/** What the parts are made of; amounts in rao, `taoWeight` over 2^64 − 1, `ownerCut` over 65535. */
export interface PartsInput {
  /** Before the block. */
  readonly alphaIn: bigint;
  readonly alphaOut: bigint;
  /** What the block minted into the pool and outside it, as recorded. */
  readonly mintedIn: bigint;
  readonly mintedOut: bigint;
  readonly rootTao: bigint;
  readonly taoWeight: bigint;
  readonly ownerCut: number;
  readonly ownerCutEnabled: boolean;
}

const NETUID = 1;
/** A moving price of 2 in I96F32: the root's part is told apart from what is recycled. */
const KEEPS_ROOT = 2n << 32n;

/**
 * The parts of one block: ρ = rT·w / (rT·w + I), I = alpha in + alpha out + both minted; rest = A − A·cut; root = ρ·rest·½;
 * server = rest·½; validator = (rest − server) − root; each truncated by itself.
 *
 * The pool is told what it took, so that no swap is replayed. Throws NOT_RECONSTRUCTABLE where the block minted another A than the
 * issuance curve gives. Source: subtensor `coinbase/run_coinbase.rs`, `coinbase/block_step.rs` `root_proportion`.
 */
export function blockParts(input: PartsInput): BlockParts {
  const { alphaIn, alphaOut, mintedIn, mintedOut, rootTao, taoWeight, ownerCut, ownerCutEnabled } = input;
  const subnet = { netuid: NETUID, movingPriceBits: KEEPS_ROOT, priceBits: 0n, alphaIn, alphaOut, tao: 0n };
  const { subnets } = coinbase(
    {
      currentBlock: 1,
      totalIssuance: 0n,
      rootTao,
      taoWeight,
      ownerCut,
      movingAlphaBits: 0n,
      subnets: [{ ...subnet, firstEmissionBlock: 1, ownerCutEnabled }],
    },
    { injection: () => ({ alphaIn: alphaIn + mintedIn, alphaOut, tao: 0n }) },
  );
  const split = subnets[0]?.split;
  if (split?.created !== mintedOut) {
    return notReconstructable(
      `the block minted ${mintedOut} rao of alpha where the issuance curve gives ${split?.created}`,
    );
  }
  return { server: split.server, validator: split.validator, root: split.root };
}
