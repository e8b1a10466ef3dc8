/**
 * The accounts that hold the TAO of subnets, and the one burned TAO goes to. An account of a pallet is "modl", the pallet's eight
 * letters, a sub-account's number (u16, little-endian), and zeros. Source: subtensor subnets/subnet.rs, coinbase/tao.rs.
 */
import { ensure } from "../errors.js";
import { TotalIssuance } from "../state/balances.js";
import { type Account, toHex } from "../state/codecs.js";
import type { ReadableState } from "../state/state.js";
import { NetworksAdded } from "../state/subnets.js";
import type { RuleContext } from "./context.js";
import { checkTransfer, reducibleRao, type Transfer, transfer } from "./currency.js";
import { ROOT_NETUID } from "./subnetChecks.js";

const HEX_DIGITS = 64;

const hexOf = (text: string) => toHex(new TextEncoder().encode(text)).slice(2);
const padded = (digits: string): Account => `0x${digits.padEnd(HEX_DIGITS, "0")}`;

const SUBNETS = hexOf("modlsubtensr");
const NETUID_AT = 2 + SUBNETS.length;

/** Where burned TAO lies. It stays issued. */
export const BURN_ACCOUNT: Account = padded(hexOf("modlburntnsr"));

/** Where the deposits of proposals lie. */
export const GOVERNANCE_ACCOUNT: Account = padded(hexOf("modlyumagovn"));

/** Errors of moving TAO to and from subnets. */
export const SUBNET_ACCOUNT_ERRORS = ["SubtensorModule.InsufficientBalance"] as const;

// One text a subnet: a map finds what is under a text it has met before five times as fast as under a fresh one.
const ACCOUNTS = new Map<number, Account>();

/** The account that holds a subnet's TAO. */
export function subnetAccount(netuid: number): Account {
  const known = ACCOUNTS.get(netuid);
  if (known !== undefined) return known;
  const made = padded(SUBNETS + toHex(Uint8Array.of(netuid & 255, netuid >> 8)).slice(2));
  ACCOUNTS.set(netuid, made);
  return made;
}

/** The subnet whose account this is. */
export function netuidOfAccount(account: Account): number | undefined {
  if (!account.startsWith(SUBNETS, 2)) return undefined;
  const byte = (at: number) => Number.parseInt(account.slice(at, at + 2), 16);
  const netuid = byte(NETUID_AT) + 256 * byte(NETUID_AT + 2);
  return subnetAccount(netuid) === account ? netuid : undefined;
}

/**
 * Moves at most an amount to a subnet, leaving the sender the existential deposit: what is staked can be less than was asked for.
 * Returns what was moved, rao. Errors: SubnetNotExists; InsufficientBalance where that is nothing.
 */
export function transferToSubnet(context: RuleContext, netuid: number, from: Account, amountRao: bigint): bigint {
  if (amountRao === 0n) return 0n;
  const to = accountOfSubnet(context.state, netuid);
  const mostRao = reducibleRao(context.state, from, false);
  const movedRao = amountRao < mostRao ? amountRao : mostRao;
  ensure(movedRao > 0n, "SubtensorModule.InsufficientBalance", { account: from });
  carryOut(context, { from, to, amountRao: movedRao, mayReap: false });
  return movedRao;
}

/** Moves an amount out of a subnet. Errors: SubnetNotExists, those of `transferTao`. */
export function transferFromSubnet(context: RuleContext, netuid: number, to: Account, amountRao: bigint): void {
  transferTao(context, accountOfSubnet(context.state, netuid), to, amountRao);
}

/** Moves an amount; the sender may end by it, and dust leaves the issuance. Errors: InsufficientBalance, those of a transfer. */
export function transferTao(context: RuleContext, from: Account, to: Account, amountRao: bigint): void {
  ensure(amountRao <= reducibleRao(context.state, from, true), "SubtensorModule.InsufficientBalance", {
    account: from,
  });
  carryOut(context, { from, to, amountRao, mayReap: true });
}

function accountOfSubnet(state: ReadableState, netuid: number): Account {
  ensure(netuid === ROOT_NETUID || state.has(NetworksAdded, netuid), "SubtensorModule.SubnetNotExists", { netuid });
  return subnetAccount(netuid);
}

function carryOut({ state, emit }: RuleContext, plan: Transfer): void {
  checkTransfer(state, plan);
  const dustRao = transfer(state, emit, plan);
  if (dustRao === 0n) return;
  const issuanceRao = state.read(TotalIssuance);
  state.write(TotalIssuance, issuanceRao > dustRao ? issuanceRao - dustRao : 0n);
}
