/** Where the alpha made in a block goes: owner, root, miners, validators. */
import * as int128 from "../fixed/int128";
import * as u96f32 from "../fixed/u96f32";
import {
  BLOCK_OWNER_CUT,
  BLOCK_ROOT_SELL,
  SUBNET_ALPHA_OUT,
  SUBNET_ALPHA_OUTSTANDING,
  SUBNET_CREATED,
  SUBNET_FLAG_OWNER_CUT,
  SUBNET_OWNER,
  SUBNET_PENDING_OWNER,
  SUBNET_PENDING_ROOT,
  SUBNET_PENDING_SERVER,
  SUBNET_PENDING_VALIDATOR,
  SUBNET_RECYCLED,
  SUBNET_ROOT,
  SUBNET_ROOT_PROPORTION_AFTER,
  SUBNET_SERVER,
  SUBNET_VALIDATOR,
} from "./contract";
import { rootProportion, weighRoot } from "./rootProportion";
import * as table from "./table";

const CUT_ONE: u64 = 65535;

// U96F32.
const half = memory.data(16);
const cut = memory.data(16);
const rest = memory.data(16);
const part = memory.data(16);
const root = memory.data(16);

/** Splits the alpha of every subnet. Matches run_coinbase.rs `emit_to_subnets`, step 3. */
export function split(): void {
  weighRoot();
  int128.set(half, 1 << 31, 0);
  u96f32.fromU64(part, CUT_ONE);
  u96f32.fromU64(cut, table.whole(BLOCK_OWNER_CUT));
  u96f32.safeDiv(cut, cut, part);
  for (let i: u32 = 0; i < table.count; i++) splitOf(i);
}

/**
 * In U96F32 alpha-rao: owner = A · ownerCut/65535 where the subnet has a cut, rest = A − owner; root = root proportion · rest · ½, the
 * proportion taken after injection and mint; server = rest · ½; validator = rest − server − root. Each part is truncated by
 * itself. Without root sell the root's part is recycled: it leaves the outstanding alpha.
 */
function splitOf(i: u32): void {
  int128.copy(rest, table.wide(SUBNET_ALPHA_OUT, i));
  const created = u96f32.toU64(rest);
  table.setAmount(SUBNET_CREATED, i, created);
  table.addAmount(SUBNET_ALPHA_OUTSTANDING, i, created);

  int128.set(part, 0, 0);
  if (table.has(SUBNET_FLAG_OWNER_CUT, i)) u96f32.mul(part, rest, cut);
  u96f32.sub(rest, rest, part);
  pay(SUBNET_OWNER, SUBNET_PENDING_OWNER, part, i);

  const proportion = table.wide(SUBNET_ROOT_PROPORTION_AFTER, i);
  rootProportion(proportion, i);
  u96f32.mul(root, proportion, rest);
  u96f32.mul(root, root, half);
  u96f32.mul(part, rest, half);
  u96f32.sub(rest, rest, part);
  u96f32.sub(rest, rest, root);
  pay(SUBNET_SERVER, SUBNET_PENDING_SERVER, part, i);
  pay(SUBNET_VALIDATOR, SUBNET_PENDING_VALIDATOR, rest, i);
  payRoot(i, u96f32.toU64(root));
}

/** Writes down the truncated part of subnet i and lets it wait for the epoch. */
function pay(field: i32, pending: i32, bits: usize, i: u32): void {
  const rao = u96f32.toU64(bits);
  table.setAmount(field, i, rao);
  table.addAmount(pending, i, rao);
}

function payRoot(i: u32, rao: u64): void {
  const isPaid = table.whole(BLOCK_ROOT_SELL) !== 0;
  table.setAmount(SUBNET_ROOT, i, isPaid ? rao : 0);
  table.setAmount(SUBNET_RECYCLED, i, isPaid ? 0 : rao);
  if (isPaid) {
    table.addAmount(SUBNET_PENDING_ROOT, i, rao);
    return;
  }
  const outstanding = table.amount(SUBNET_ALPHA_OUTSTANDING, i);
  table.setAmount(SUBNET_ALPHA_OUTSTANDING, i, outstanding > rao ? outstanding - rao : 0);
}
