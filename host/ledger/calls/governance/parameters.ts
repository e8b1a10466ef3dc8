/**
 * Governance's own parameters. Nothing but a proposal sets them: root's origin is not enough, it must carry one out. What is voted on
 * already keeps the rules it was proposed under.
 */
import { ensure } from "../../errors.js";
import { EXISTENTIAL_DEPOSIT_RAO } from "../../rules/currency.js";
import { WHOLE } from "../../rules/proposals.js";
import {
  ConvictionPercent,
  DayBlocks,
  MaxOpenProposals,
  MinProposerStake,
  TRACKS,
  type Track,
  type TrackRules,
  Tracks,
  track as trackCodec,
} from "../../state/governance.js";
import type { Item } from "../../state/item.js";
import { type Argument, wordArgument } from "../arguments.js";
import { type Context, defineCall } from "../call.js";
import { rao, u16, u32 } from "../numbers.js";
import { GOVERNANCE_PALLET } from "./tracks.js";

/** Errors of setting them: not by a proposal; a value that would let a few rule, or nobody ever again. */
export const GOVERNANCE_PARAMETER_ERRORS = ["Governance.OnlyByProposal", "Governance.OutOfBounds"] as const;

/** What was set. */
export type GovernanceParameterEvent =
  | { readonly name: "Governance.TrackSet"; readonly track: Track; readonly rules: TrackRules }
  | { readonly name: "Governance.ParameterSet"; readonly parameter: string; readonly value: bigint | number };

const MAX_DAYS = 365;
const MAX_DAY_BLOCKS = 100_000;
const MAX_CONVICTION_PERCENT = 1_000;
/** A higher quorum might never be reached again, and could then never be lowered. */
const MAX_QUORUM = Number(WHOLE) / 2;
/** A lower approval would let the lesser part decide. */
const MIN_APPROVAL = Number(WHOLE) / 2;

const track = wordArgument(trackCodec);

/** Sets what a kind of call is held to, for proposals from now on. */
const setTrack = defineCall({
  name: "Governance.set_track",
  index: [GOVERNANCE_PALLET, 10],
  origin: "root",
  arguments: { track, decisionDays: u16, enactmentDays: u16, quorum: u32, approval: u32, depositRao: rao },
  check: (context, { track: _track, ...rules }) => {
    ensureByProposal(context);
    const { decisionDays, enactmentDays, quorum, approval, depositRao } = rules;
    ensure(decisionDays >= 1 && decisionDays <= MAX_DAYS && enactmentDays <= MAX_DAYS, "Governance.OutOfBounds");
    ensure(quorum >= 1 && quorum <= MAX_QUORUM, "Governance.OutOfBounds", { quorum });
    ensure(approval >= MIN_APPROVAL && approval < Number(WHOLE), "Governance.OutOfBounds", { approval });
    ensure(depositRao >= EXISTENTIAL_DEPOSIT_RAO, "Governance.OutOfBounds", { depositRao });
  },
  apply: ({ state, emit }, { track: of, ...rules }) => {
    state.write(Tracks, TRACKS.indexOf(of), rules);
    emit({ name: "Governance.TrackSet", track: of, rules });
  },
});

/** A call that sets a single value within bounds. */
function parameter<N extends string, V extends bigint | number, I>(
  index: number,
  name: string,
  field: N,
  of: Argument<V, I>,
  item: Item<readonly [], V>,
  isSound: (value: V) => boolean,
) {
  return defineCall({
    name: `Governance.set_${name}`,
    index: [GOVERNANCE_PALLET, index],
    origin: "root",
    arguments: { [field]: of } as Readonly<Record<N, typeof of>>,
    check: (context, values) => {
      const value = (values as Record<N, V>)[field];
      ensureByProposal(context);
      ensure(isSound(value), "Governance.OutOfBounds", { value: String(value) });
      return value;
    },
    apply: ({ state, emit }, _values, value: V) => {
      state.write(item, value as never);
      emit({ name: "Governance.ParameterSet", parameter: item.name, value });
    },
  });
}

const within = (least: number, most: number) => (value: number) => value >= least && value <= most;

/** By the names of their builders. */
export const PARAMETER_CALLS = {
  setTrack,
  setDayBlocks: parameter(11, "day_blocks", "blocks", u32, DayBlocks, within(1, MAX_DAY_BLOCKS)),
  setConvictionPercent: parameter(
    12,
    "conviction_percent",
    "percent",
    u16,
    ConvictionPercent,
    within(0, MAX_CONVICTION_PERCENT),
  ),
  setMinProposerStake: parameter(13, "min_proposer_stake", "minStakeRao", rao, MinProposerStake, () => true),
  setMaxOpenProposals: parameter(14, "max_open_proposals", "proposals", u16, MaxOpenProposals, within(1, 0xffff)),
};

function ensureByProposal({ origin }: Context): void {
  ensure(origin.kind === "root" && origin.mandate !== undefined, "Governance.OnlyByProposal");
}
