/** Registration for people: prices in TAO, and who would make room. */
import type { Account, LockCost, Pruned } from "../../api/registration.js";
import { fromRao, grouped } from "../../units.js";
import { colour } from "./colour.js";
import { printable } from "./table.js";

const HOTKEY_SHOWN = 48;
const LABEL_WIDTH = 13;

/** The registration price now and later, in rao. */
export interface BurnOutlook {
  readonly burn: bigint;
  readonly minBurn: bigint;
  readonly maxBurn: bigint;
  readonly halfLife: number;
  readonly blocks: number;
  /** After that many blocks without a registration. */
  readonly afterBlocks: bigint;
  readonly registrations: number;
  /** After that many registrations at once. */
  readonly afterRegistrations: bigint;
}

/** Who would be pruned, and what is known of them. */
export interface PruneOutlook extends Pruned {
  readonly hotkey?: Account | null;
  /** In rao. */
  readonly emission?: bigint;
  readonly blockAtRegistration?: bigint;
  readonly immune?: boolean;
}

/** Everything the verb tells; null where the state said nothing. */
export interface RegistrationOutlook {
  readonly netuid: number;
  readonly currentBlock: bigint;
  readonly burn: BurnOutlook | null;
  readonly lock: LockCost | null;
  readonly prune: PruneOutlook | null;
}

/** The outlook as text. */
export function renderRegistration({ netuid, currentBlock, burn, lock, prune }: RegistrationOutlook): string {
  const lines = [
    ...(burn ? burnLines(burn) : []),
    ...(lock ? lockLines(lock) : []),
    ...(prune ? pruneLines(prune) : []),
  ];
  return [`${colour.bold(`subnet ${netuid}`)}, block ${grouped(currentBlock)}`, "", ...lines].join("\n");
}

function line(label: string, text: string): string {
  return `${colour.dim(label.padEnd(LABEL_WIDTH))}${text}`;
}

function burnLines(price: BurnOutlook): string[] {
  const halving = price.halfLife === 0 ? "no decay" : `half-life ${counted(price.halfLife, "block")}`;
  return [
    line("registration", `${fromRao(price.burn)} TAO now`),
    line("", `${fromRao(price.afterBlocks)} TAO after ${counted(price.blocks, "block")} without a registration`),
    line("", `${fromRao(price.afterRegistrations)} TAO after ${counted(price.registrations, "registration")} at once`),
    line("", `between ${fromRao(price.minBurn)} and ${fromRao(price.maxBurn)} TAO, ${halving}`),
  ];
}

function lockLines({ cost, interval }: LockCost): string[] {
  const fall = interval === 0n ? "it does not fall" : `it falls by the last lock in ${counted(interval, "block")}`;
  return [line("new subnet", `${fromRao(cost)} TAO; ${fall}`)];
}

function pruneLines({ uid, immuneOwnerUids, hotkey, emission, blockAtRegistration, immune }: PruneOutlook): string[] {
  const who =
    uid === null
      ? "nobody may be"
      : `uid ${uid} (hotkey ${printable(String(hotkey), HOTKEY_SHOWN)}): emission ${fromRao(emission ?? 0n)} alpha, ` +
        `registered in block ${grouped(blockAtRegistration ?? 0n)}, ${immune ? "immune, but too few are not" : "not immune"}`;
  const uids = immuneOwnerUids.length === 0 ? "none" : `uid ${immuneOwnerUids.join(", ")}`;
  return [line("pruned next", who), line("owner's own", `${uids} protected`)];
}

function counted(count: number | bigint, what: string): string {
  return `${grouped(count)} ${what}${BigInt(count) === 1n ? "" : "s"}`;
}
