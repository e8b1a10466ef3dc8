/** One block's alpha shared out between owner, servers, validators and the root, exactly as the chain truncates it. */

const FRACTION = 32n;
const ONE = 1n << FRACTION;
const MAX_U64 = (1n << 64n) - 1n;

/** This block's parts in alpha-rao. */
export interface BlockParts {
  readonly server: bigint;
  readonly validator: bigint;
  /** Recycled where root alpha is not kept. */
  readonly root: bigint;
}

/** What the parts are made of; amounts in rao, `taoWeight` over 2^64 − 1, `ownerCut` over 65535. */
export interface PartsInput {
  readonly alphaIn: bigint;
  readonly alphaOut: bigint;
  readonly mintedIn: bigint;
  readonly mintedOut: bigint;
  readonly rootTao: bigint;
  readonly taoWeight: bigint;
  readonly ownerCut: number;
  readonly ownerCutEnabled: boolean;
}

/**
 * The parts of one block, in U96F32, each product and quotient floored:
 * ρ = rT·w / (rT·w + I), I = alpha in + alpha out + both minted; rest = A − A·cut; root = ρ·rest·½; server = rest·½;
 * validator = (rest − server) − root; each truncated by itself. ρ is 0 where its denominator is.
 *
 * Source: subtensor `coinbase/run_coinbase.rs` `inject_and_maybe_swap`, `block_step.rs` `root_proportion`.
 */
export function blockParts(input: PartsInput): BlockParts {
  const minted = input.mintedOut << FRACTION;
  const cut = input.ownerCutEnabled ? times(minted, (BigInt(input.ownerCut) << FRACTION) / 65535n) : 0n;
  const rest = minted - cut;
  const root = times(times(rootProportion(input), rest), ONE / 2n);
  const server = times(rest, ONE / 2n);
  const others = rest - server;
  const validator = others > root ? others - root : 0n;
  return { server: server >> FRACTION, validator: validator >> FRACTION, root: root >> FRACTION };
}

function rootProportion(input: PartsInput): bigint {
  const weighed = times(input.rootTao << FRACTION, (input.taoWeight << FRACTION) / MAX_U64);
  const issuance = (input.alphaIn + input.alphaOut + input.mintedIn + input.mintedOut) << FRACTION;
  return weighed + issuance === 0n ? 0n : (weighed << FRACTION) / (weighed + issuance);
}

/** U96F32 times U96F32, floored. */
function times(a: bigint, b: bigint): bigint {
  return (a * b) >> FRACTION;
}
