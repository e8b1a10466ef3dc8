/**
 * Double entry: alpha and TAO come from where they may come from and go where they may go, to the rao. Of a state, on each subnet:
 *
 *   SubnetAlphaOut = stakes of all hotkeys + the four pots that wait for the epoch + SubnetProtocolAlpha + unowned,  unowned ≥ 0
 *
 * Unowned is alpha that nobody holds and the chain still counts: burned, fees of sales, root dividends not yet claimed, what an epoch's
 * floors leave over. It falls below 0 in two cases, which are the chain's: a swapped coldkey keeps its root stake, but of what it had claimed
 * only that of subnets it has alpha on, so it claims the rest again (subtensor swap/swap_coldkey.rs at 425); and what CKBurn takes off a
 * parent's dividends is recycled, while dividends are scaled up to the whole of the pot (coinbase/run_coinbase.rs). Nothing else lowers it
 * further. Of a block, on each subnet there was before and is after it:
 *
 *   Δ unowned = fees of sales + burned + dust            where it had no epoch and no root dividends were claimed
 *   Δ (SubnetAlphaIn + SubnetAlphaOut) ≤ minted − recycled by calls, and where it had no epoch and nobody registered
 *     = put into the pool + Δ pots − recycled by calls + dust
 *   Δ BalancesIssuance ≤ TAO minted                      unless root set a balance
 *
 * Dust, 0 to 3 rao, is what the floors leave over that split a block's alpha among the four pots. Where unowned alpha fell below 0 more can be
 * sold than SubnetAlphaOut has, which then stays at 0: up to what was sold beyond it is forgiven.
 */
import type { BlockEvent, LedgerEvent } from "../../../host/ledger/events.js";
import { isEmittedTo, subnetsOf } from "../../../host/ledger/rules/networks.js";
import { BalancesIssuance } from "../../../host/ledger/state/balances.js";
import { CKBurn } from "../../../host/ledger/state/children.js";
import { RootClaimed } from "../../../host/ledger/state/claims.js";
import type { Account } from "../../../host/ledger/state/codecs.js";
import {
  PendingOwnerCut,
  PendingRootAlphaDivs,
  PendingServerEmission,
  PendingValidatorEmission,
  SubnetAlphaIn,
  SubnetAlphaInEmission,
  SubnetAlphaOut,
  SubnetAlphaOutEmission,
  SubnetProtocolAlpha,
} from "../../../host/ledger/state/pools.js";
import { NominatorMinRequiredStake, TotalHotkeyAlpha } from "../../../host/ledger/state/staking.js";
import type { ReadableState } from "../../../host/ledger/state/state.js";
import { LastMechansimStepBlock, RegisteredSubnetCounter } from "../../../host/ledger/state/subnets.js";
import { BlockNumber } from "../../../host/ledger/state/system.js";
import { Sums, type Touched } from "./touched.js";

const POTS = [PendingServerEmission, PendingValidatorEmission, PendingRootAlphaDivs, PendingOwnerCut];
/** The most TAO a block mints. */
const BLOCK_RAO = 1_000_000_000n;
/** A block's alpha is split in four, floored each. */
const MOST_DUST_RAO = 3n;

/** A subnet's totals, alpha-rao. */
interface Page {
  readonly unowned: bigint;
  readonly out: bigint;
  readonly issued: bigint;
  readonly pots: bigint;
  /** The sum of what was claimed of its root dividends. */
  readonly claimed: bigint;
  /** How often the netuid was given out. */
  readonly generation: bigint;
  /** Whether the next block emits to it. */
  readonly isEmittedTo: boolean;
}

/** What the books say of a block. */
export interface Audit {
  readonly wrong: string | undefined;
  /** Subnets of which the exact laws were held to the block. */
  readonly exact: number;
}

/** The books of a network, kept from block to block. */
export class Books {
  #pages: ReadonlyMap<number, Page>;
  readonly #sums: PageSums;
  #issuanceRao: bigint;
  /** What epochs of the next block recycle of dividends; the block's calls change it after them. */
  #ckBurn: bigint;
  /** Whether a coldkey was ever swapped. */
  #isSwapped = false;
  /** How far a subnet's unowned alpha fell below 0 by what the chain counts twice, by netuid and generation. */
  readonly #floors = new Map<string, bigint>();

  constructor(state: ReadableState) {
    this.#sums = pageSums(state);
    this.#pages = pagesOf(state, this.#sums);
    this.#issuanceRao = state.read(BalancesIssuance);
    this.#ckBurn = state.read(CKBurn);
  }

  /** Whether the sums kept from block to block are still those of the state. */
  addUp(state: ReadableState): boolean {
    const anew = pageSums(state);
    const agrees = (sum: keyof PageSums, netuid: number) => anew[sum].of(netuid) === this.#sums[sum].of(netuid);
    return subnetsOf(state).every((netuid) => agrees("staked", netuid) && agrees("claimed", netuid));
  }

  /** Holds the state after a block to the state before it, given what the block changed. */
  audit(state: ReadableState, events: readonly BlockEvent[], changes: readonly Touched[]): Audit {
    const before = this.#pages;
    for (const touched of changes) for (const sums of Object.values(this.#sums)) sums.follow(touched);
    const after = pagesOf(state, this.#sums);
    const mintedRao = state.read(BalancesIssuance) - this.#issuanceRao;
    this.#pages = after;
    this.#issuanceRao = state.read(BalancesIssuance);
    const all = events.map(({ event }) => event);
    const isSet = all.some(({ name }) => name === "Balances.BalanceSet");
    if (mintedRao > BLOCK_RAO && !isSet) return { wrong: `${mintedRao} rao came into being`, exact: 0 };
    this.#isSwapped ||= all.some(({ name }) => name === "SubtensorModule.ColdkeySwapped");
    let exact = 0;
    for (const [netuid, page] of after) {
      const earlier = before.get(netuid);
      const place = `${netuid} ${page.generation}`;
      const floor = this.#floors.get(place) ?? 0n;
      if (page.unowned < floor) {
        if (!this.#countsTwice(state, netuid, earlier, page)) {
          return { wrong: `${floor - page.unowned} alpha of ${netuid} too many are held`, exact };
        }
        this.#floors.set(place, page.unowned);
      }
      if (earlier?.generation !== page.generation) continue;
      const moves = new Moves(state, netuid, earlier.isEmittedTo, all);
      const beyond = moves.soldRao - earlier.out;
      const forgivenRao = this.#floors.has(place) && beyond > 0n ? beyond : 0n;
      const wrong = wrongOf(netuid, earlier, page, moves, forgivenRao);
      if (wrong) return { wrong, exact };
      if (!moves.hadEpoch) exact += 1;
    }
    this.#ckBurn = state.read(CKBurn);
    return { wrong: undefined, exact };
  }

  /** Whether the block may have counted alpha of a subnet twice, as the chain does. */
  #countsTwice(state: ReadableState, netuid: number, before: Page | undefined, after: Page): boolean {
    const claimsAgain = this.#isSwapped && before?.claimed !== after.claimed;
    return claimsAgain || (hadEpoch(state, netuid) && this.#ckBurn > 0n);
  }
}

const hadEpoch = (state: ReadableState, netuid: number) =>
  state.read(LastMechansimStepBlock, netuid) === state.read(BlockNumber);

/** What a block did to a subnet's alpha, as its events and its own emission tell. */
class Moves {
  readonly hadEpoch: boolean;
  readonly intoPoolRao: bigint;
  readonly mintedRao: bigint;
  readonly unownedRao: bigint;
  readonly recycledRao: bigint;
  readonly soldRao: bigint;
  readonly registered: boolean;
  /** Small nominations that cannot be sold are lost without an event. */
  readonly mayLose: boolean;

  constructor(state: ReadableState, netuid: number, isEmitted: boolean, events: readonly LedgerEvent[]) {
    this.hadEpoch = hadEpoch(state, netuid);
    // What is stored is of the last block with emission.
    this.intoPoolRao = isEmitted ? state.read(SubnetAlphaInEmission, netuid) : 0n;
    this.mintedRao = isEmitted ? this.intoPoolRao + state.read(SubnetAlphaOutEmission, netuid) : 0n;
    this.mayLose = state.read(NominatorMinRequiredStake) > 0n;
    let [unownedRao, recycledRao, soldRao, registered] = [0n, 0n, 0n, false];
    for (const event of events) {
      if (!("netuid" in event) || event.netuid !== netuid) continue;
      if (event.name === "SubtensorModule.StakeRemoved") {
        unownedRao += event.feeRao;
        soldRao += event.alphaRao;
      }
      if (event.name === "SubtensorModule.AlphaBurned") unownedRao += event.alphaRao;
      if (event.name === "SubtensorModule.AlphaRecycled") recycledRao += event.alphaRao;
      if (event.name === "SubtensorModule.NeuronRegistered") registered = true;
    }
    [this.unownedRao, this.recycledRao, this.soldRao, this.registered] = [unownedRao, recycledRao, soldRao, registered];
  }
}

function wrongOf(netuid: number, before: Page, after: Page, moves: Moves, forgivenRao: bigint): string | undefined {
  const isLeftOver = (rao: bigint) => rao >= 0n && rao <= MOST_DUST_RAO + forgivenRao;
  const issued = after.issued - before.issued;
  const mostRao = moves.mintedRao - moves.recycledRao;
  if (issued > mostRao + forgivenRao)
    return `alpha of ${netuid} changed by ${issued}, minted less recycled is ${mostRao}`;
  if (moves.hadEpoch) return undefined;
  const laidRao = moves.intoPoolRao + after.pots - before.pots - moves.recycledRao;
  if (!moves.registered && !isLeftOver(issued - laidRao)) {
    return `alpha of ${netuid} changed by ${issued}, put into the pool and the pots less recycled is ${laidRao}`;
  }
  if (after.claimed !== before.claimed) return undefined;
  const unowned = after.unowned - before.unowned;
  if (isLeftOver(unowned - moves.unownedRao) || (moves.mayLose && unowned > moves.unownedRao)) return undefined;
  return `alpha of nobody on ${netuid} changed by ${unowned}, fees and burned are ${moves.unownedRao}`;
}

/** What a page needs of many entries, by netuid. */
interface PageSums {
  readonly staked: Sums<readonly [Account, number]>;
  readonly claimed: Sums<readonly [number, Account, Account]>;
}

function pageSums(state: ReadableState): PageSums {
  return {
    staked: new Sums(state, TotalHotkeyAlpha, ([, netuid]) => netuid),
    claimed: new Sums(state, RootClaimed, ([netuid]) => netuid),
  };
}

function pagesOf(state: ReadableState, sums: PageSums): ReadonlyMap<number, Page> {
  return new Map(subnetsOf(state).map((netuid) => [netuid, pageOf(state, netuid, sums)]));
}

function pageOf(state: ReadableState, netuid: number, { staked, claimed }: PageSums): Page {
  const outRao = state.read(SubnetAlphaOut, netuid);
  const pots = POTS.reduce((sum, pot) => sum + state.read(pot, netuid), 0n);
  return {
    out: outRao,
    unowned: outRao - staked.of(netuid) - pots - state.read(SubnetProtocolAlpha, netuid),
    pots,
    issued: state.read(SubnetAlphaIn, netuid) + outRao,
    claimed: claimed.of(netuid),
    generation: state.read(RegisteredSubnetCounter, netuid),
    isEmittedTo: isEmittedTo(state, netuid),
  };
}
