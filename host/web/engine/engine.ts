/** The worker's side of the page: it holds what is open, and answers. Nothing it fails at changes what is open. */

import { judge } from "../../chain/verify/report.js";
import { YumaError } from "../../errors.js";
import { toJson } from "../../json.js";
import { DEFAULT_SPEC_VERSION, rulesOf } from "../../marshal/rules.js";
import type { EpochResult, EpochSnapshot, MechanismsResult, Pair, Rules } from "../../types.js";
import { fromRao, grouped } from "../../units.js";
import { bytesOf, nameOf } from "./bytes.js";
import { type Change, changed } from "./change.js";
import { beginFollowing, type Following } from "./following.js";
import { courseOf } from "./forward.js";
import { pageKernel } from "./pageKernel.js";
import { clipOf, matricesOf } from "./pictures.js";
import { readShown, run, type Shown } from "./run.js";
import { type Computed, hasMechanisms, mechanismOf, type Subject, subjectOf } from "./subject.js";
import type { Explained, Fact, Forward, Given, Live, Matrices, Numbers, Opened } from "./types.js";
import { mechanismsEpoch } from "./yuma.js";

/** What the page may ask. */
export interface Engine {
  /** Opens, computes, compares; begins to follow a node. Throws YumaError and keeps what was open. */
  open(given: Given): Promise<Opened>;
  /** What the node that is followed brings next, which is open then; null once it is followed no longer. Throws what ended it. */
  next(): Promise<Live | null>;
  /** Follows the node no longer; what is open stays. */
  stop(): void;
  /** Why a uid's numbers are what they are, in one mechanism. Throws BAD_UID, BAD_STATE where nothing is open. */
  explain(uid: number, mechid: number): Promise<Explained>;
  /** What validators gave and hold in one mechanism. */
  matrices(mechid: number): Matrices;
  /** The weights a uid set in one mechanism, as they are stored in what is open, whatever the change. */
  weightsOf(uid: number, mechid: number): readonly Pair[];
  /** The numbers of what is open under a change, which holds until the next; null undoes it. Throws as `epoch` does. */
  change(change: Change | null): Numbers;
  /**
   * Epochs to come under fixed weights in one mechanism, `epochs` in all; the bonds of a holder, or of the largest. Null where another
   * change, or another look ahead, came in between.
   */
  forward(mechid: number, epochs: number, holder: number | null): Promise<Forward | null>;
  /** What is open as a snapshot in JSON; under a change, a snapshot of its own, of which nothing was recorded. */
  saved(): string;
}

/** An engine with nothing open; epochs can be computed once `ready` has come. */
export function createEngine(ready: Promise<void> = Promise.resolve()): Engine {
  let open: Subject | null = null;
  let title = "";
  /** What is open, under the change in force. */
  let present: Present | null = null;
  const now = () => {
    if (present === null) throw new YumaError("BAD_STATE", "Nothing is open yet.");
    return present;
  };
  const mechanism = (mechid: number) => mechanismOf(now(), mechid);
  let following: Following | null = null;
  /** How often the page has looked ahead: the last look is the one it wants. */
  let looks = 0;
  const show = (subject: Subject, given: Given): Opened => {
    const opened = describe(subject, given);
    open = subject;
    title = opened.title;
    present = { ...subject, numbers: opened.numbers };
    return opened;
  };
  const stop = () => {
    following?.end();
    following = null;
  };
  return {
    async open(given) {
      if (given.kind === "node") {
        await ready;
        const begun = await beginFollowing(given);
        stop();
        following = begun;
        return show(begun.first, given);
      }
      const [bytes] = await Promise.all([bytesOf(given), ready]);
      const subject = await subjectOf(nameOf(given), bytes, open);
      stop();
      return show(subject, given);
    },
    async next() {
      const own = following;
      if (own === null) return null;
      const { value, done } = await own.news.next();
      if (done || own !== following) return null;
      const { block, told, subject } = value;
      return { block, told, opened: subject && show(subject, own.given) };
    },
    stop,
    explain: async (uid, mechid) => explained(mechanism(mechid), uid),
    matrices: (mechid) => matricesOf(mechanism(mechid)),
    weightsOf: (uid, mechid) => (open === null ? [] : (mechanismOf(open, mechid).weights[uid] ?? [])),
    change(change) {
      if (open !== null) present = presentOf(change === null ? open.snapshot : changed(open.snapshot, change));
      return now().numbers;
    },
    async forward(mechid, epochs, holder) {
      const [subject, own] = [now(), ++looks];
      const isWanted = () => present === subject && looks === own;
      const course = await courseOf(mechanismOf(subject, mechid), epochs, holder, isWanted);
      if (course === null) return null;
      if (open === null || open.snapshot === subject.snapshot) return { now: course, before: null };
      const before = await courseOf(mechanismOf(open, mechid), epochs, course.holder, isWanted);
      return before && { now: course, before };
    },
    saved() {
      const { snapshot } = now();
      return toJson(snapshot === open?.snapshot ? snapshot : ofItsOwn(snapshot, title));
    },
  };
}

/** What is open, under a change. */
interface Present extends Computed {
  readonly numbers: Numbers;
}

/** Of one mechanism no more than the numbers are read: a slider waits for them. */
function presentOf(snapshot: Subject["snapshot"]): Present {
  if (!hasMechanisms(snapshot)) {
    return { snapshot, result: null, numbers: numbersOf(readShown(run(snapshot), snapshot.n)) };
  }
  const result = mechanismsEpoch(snapshot);
  return { snapshot, result, numbers: numbersOf(result) };
}

/** A changed snapshot by itself: what the document recorded is of the epoch before, and a name tells them apart. */
function ofItsOwn(snapshot: Subject["snapshot"], title: string): Subject["snapshot"] {
  const { recorded: _, ...own } = snapshot as Subject["snapshot"] & { readonly recorded?: unknown };
  return { ...own, name: `${title.replace(/, changed$/, "")}, changed` };
}

/** What explains is loaded for the first uid. */
async function explained(snapshot: EpochSnapshot, uid: number): Promise<Explained> {
  const { explainEpoch } = await import("../../api/explain/explain.js");
  const explanation = explainEpoch(pageKernel(), snapshot, uid);
  return { explanation, clip: clipOf(explanation) };
}

function describe(subject: Subject, given: Given): Opened {
  const { snapshot, fields, notes } = subject;
  const { verdict, counts } = judge(fields);
  const { kappa, bondsPenalty, liquidAlpha, yuma3, alphaLow, alphaHigh } = snapshot;
  return {
    title: given.kind === "example" ? "Example subnet" : (snapshot.name ?? titleOf(subject) ?? nameOf(given)),
    kind: given.kind === "example" ? "example" : subject.kind,
    facts: factsOf(subject),
    n: snapshot.n,
    mechanisms: hasMechanisms(snapshot) ? snapshot.mechanisms.length : 1,
    hotkeys: snapshot.hotkeys ?? null,
    numbers: numbersOf(subject.result),
    verdict: fields.length === 0 ? "unrecorded" : verdict,
    counts,
    fields,
    notes,
    settings: { kappa, bondsPenalty, liquidAlpha, yuma3, alphaLow, alphaHigh },
  };
}

function titleOf({ snapshot: { source } }: Subject): string | undefined {
  if (source?.netuid === undefined) return undefined;
  return source.network === undefined ? `Subnet ${source.netuid}` : `Subnet ${source.netuid} on ${source.network}`;
}

function factsOf({ snapshot, specVersion, blockHash }: Subject): Fact[] {
  const rules = rulesFor(snapshot.rules);
  const spec = specVersion ?? rules.specVersion;
  const facts: Fact[] = [
    { name: "Block", value: grouped(BigInt(snapshot.currentBlock)) },
    { name: "Consensus", value: modeOf(snapshot) },
    { name: "Rules", value: spec === null ? "by hand" : `spec ${spec}` },
    { name: "Shared out", value: `${fromRao(BigInt(snapshot.raoEmission), 4)} α` },
  ];
  if (blockHash !== undefined)
    facts.push({ name: "Block hash", value: `${blockHash.slice(0, 10)}…${blockHash.slice(-6)}` });
  return facts;
}

function rulesFor(rules: number | Rules | undefined): Rules {
  return typeof rules === "object" ? rules : rulesOf(rules ?? DEFAULT_SPEC_VERSION);
}

function modeOf({ yuma3, liquidAlpha, epochConsensus }: Subject["snapshot"]): string {
  if (epochConsensus === "null") return "Null";
  return `${yuma3 ? "Yuma 3" : "Yuma 2"}${yuma3 && liquidAlpha ? ", liquid alpha" : ""}`;
}

/** The numbers of a result; of several mechanisms the subnet's, and the incentives of each. */
export function numbersOf(result: (Shown & { readonly mechanisms?: never }) | EpochResult | MechanismsResult): Numbers {
  const { stakeWeight, validatorTrust, consensus, dividends, active, validatorPermit } = result;
  const { emission, serverEmission, validatorEmission } = result;
  const incentives = "mechanisms" in result ? result.mechanisms.map((own) => own.incentive) : [result.incentive];
  const [incentive = []] = incentives;
  const stake = "stake" in result ? result.stake : [];
  const shared = { stake, stakeWeight, validatorTrust, consensus, dividends, active, validatorPermit };
  return { ...shared, emission, serverEmission, validatorEmission, incentive, incentives };
}
