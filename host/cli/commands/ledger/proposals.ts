/** `yuma governance propose|list|show|power|delegators|parameters`: proposals, their votes, who votes with how much, by which rules. */
import { YumaError } from "../../../errors.js";
import { toAddress } from "../../../ledger/accounts/address.js";
import { calls } from "../../../ledger/calls/index.js";
import type { CastVote, Proposal } from "../../../ledger/governanceReads.js";
import { fromRao, percent } from "../../../units.js";
import { document, EXIT, print } from "../../io.js";
import { asJson } from "../../options.js";
import { valueText } from "../../render/ledger.js";
import { printable, table } from "../../render/table.js";
import { placeOf } from "../wallet/options.js";
import { callOfWords } from "./generic.js";
import { type AccountOptions, accountOf } from "./queries.js";
import { readHotkey } from "./readers.js";
import { send, whoOf, withNode } from "./send.js";
import type { NodeOptions, SendOptions } from "./verb.js";

const MOST_CHARACTERS = 60;
/** `yuma governance propose AREA.NAME field=value…`: proposes a call, to be made as root. */
export function propose(name: string, words: readonly string[], options: SendOptions): Promise<number> {
  const call = callOfWords(name, words);
  return withNode(options, async (ledger) =>
    send(ledger, await whoOf(options), calls.governance.propose({ call }), options),
  );
}

/** `yuma governance list`. */
export function list(options: NodeOptions): Promise<number> {
  return withNode(options, async (ledger) => {
    const found = await ledger.governance.proposals();
    const columns = [
      { title: "proposal" },
      { title: "status", words: true },
      { title: "due" },
      { title: "kind", words: true },
      { title: "call", words: true },
    ];
    const rows = found.map(({ id, status, dueBlock, track, call }) => [
      `${id}`,
      status,
      `${dueBlock}`,
      track,
      printable(valueText("call", call), MOST_CHARACTERS),
    ]);
    const text = found.length === 0 ? "There are no proposals yet." : table(columns, rows);
    await print(asJson(options) ? document({ proposals: found.map(asDocument) }) : text);
    return EXIT.ok;
  });
}

/** `yuma governance show`. */
export function show(id: number, options: NodeOptions): Promise<number> {
  return withNode(options, async (ledger) => {
    const [found, votes] = await Promise.all([ledger.governance.proposal(id), ledger.governance.votes(id)]);
    if (found === undefined) throw new YumaError("BAD_VALUE", `There is no proposal ${id}.`, { proposal: id });
    const text = votes.length === 0 ? drawn(found) : `${drawn(found)}\n\n${drawnVotes(votes)}`;
    await print(asJson(options) ? document({ ...asDocument(found), votes }) : text);
    return EXIT.ok;
  });
}

/** `yuma governance power`: what an account votes with, now or on a proposal, and who votes for it. */
export function power(options: AccountOptions & { readonly proposal?: number }): Promise<number> {
  return withNode(options, async (ledger) => {
    const account = await accountOf(options);
    const [found, delegate] = await Promise.all([
      ledger.governance.power(account, options.proposal),
      ledger.governance.delegate(account),
    ]);
    if (found === undefined) {
      const text = `Proposal ${options.proposal} is not voted on.`;
      throw new YumaError("BAD_VALUE", text, { proposal: options.proposal });
    }
    const address = toAddress(account);
    const rows = [
      ["stake", `${fromRao(found.stakeRao, 3)} TAO`],
      ["weight", `${fromRao(found.weightRao, 3)} TAO`],
      ["delegate", delegate ?? "nobody"],
    ];
    await print(asJson(options) ? document({ address, ...found, delegate }) : `${address}\n${aligned(rows)}`);
    return EXIT.ok;
  });
}

/** `yuma governance delegators`: whom a hotkey may vote for. */
export function delegators(options: SendOptions): Promise<number> {
  return withNode(options, async (ledger) => {
    const hotkey = toAddress(await readHotkey(options.hotkey ?? "default", "--hotkey", placeOf(options)));
    const found = await ledger.governance.delegators(hotkey);
    const text = found.length === 0 ? `Nobody lets ${hotkey} vote.` : found.join("\n");
    await print(asJson(options) ? document({ hotkey, delegators: found }) : text);
    return EXIT.ok;
  });
}

/** `yuma governance parameters`: what proposals are held to from now on. */
export function parameters(options: NodeOptions): Promise<number> {
  return withNode(options, async (ledger) => {
    const found = await ledger.governance.parameters();
    const rows = [
      ["a day", `${found.dayBlocks} blocks`],
      ["stake to propose", `${fromRao(found.minProposerStakeRao)} TAO`],
      ["open at a time", `${found.maxOpenProposals}`],
      ["conviction adds", `${found.convictionPercent} %`],
    ];
    const titles = ["days to vote", "to enactment", "quorum", "approval", "deposit TAO"];
    const kinds = Object.entries(found.tracks).map(([kind, rules]) => [
      kind,
      `${rules.decisionDays}`,
      `${rules.enactmentDays}`,
      parts(rules.quorum),
      parts(rules.approval),
      fromRao(rules.depositRao),
    ]);
    const columns = [{ title: "kind", words: true }, ...titles.map((title) => ({ title }))];
    await print(asJson(options) ? document(found) : `${aligned(rows)}\n\n${table(columns, kinds)}`);
    return EXIT.ok;
  });
}

function asDocument({ id, call, ...rest }: Proposal) {
  return { proposal: id, ...rest, call: valueText("call", call) };
}

/** Votes; where a delegate has cast any, by whom. */
function drawnVotes(votes: readonly CastVote[]): string {
  const byDelegates = votes.some(({ delegate }) => delegate !== null);
  const columns = [{ title: "coldkey", words: true }, { title: "vote", words: true }, { title: "weight TAO" }];
  const rows = votes.map(({ coldkey, choice, power: { weightRao }, delegate }) => [
    coldkey,
    choice,
    fromRao(weightRao, 3),
    ...(byDelegates ? [delegate ?? ""] : []),
  ]);
  return table(byDelegates ? [...columns, { title: "by", words: true }] : columns, rows);
}

/** What the block at `dueBlock` brings. */
const DUE: Readonly<Record<Proposal["status"], string>> = {
  submitted: "opens in block",
  voting: "closes in block",
  approved: "enacted in block",
  rejected: "ended in block",
  cancelled: "ended in block",
  enacted: "enacted in block",
  failed: "ended in block",
};

function drawn({ id, call, ...proposal }: Proposal): string {
  const { rules, tally, totalStakeRao } = proposal;
  const decided = tally.aye.weightRao + tally.nay.weightRao;
  const turnout = tally.aye.stakeRao + tally.abstain.stakeRao;
  const rows = [
    ["call", valueText("call", call)],
    ["by", proposal.proposer],
    ["deposit", `${fromRao(proposal.depositRao)} TAO`],
    ["status", proposal.status],
    [DUE[proposal.status], `${proposal.dueBlock}`],
    ["aye", `${fromRao(tally.aye.weightRao, 3)} TAO of weight`],
    ["nay", `${fromRao(tally.nay.weightRao, 3)} TAO of weight`],
    ["abstain", `${fromRao(tally.abstain.weightRao, 3)} TAO of weight`],
    ["approval", `${percent(tally.aye.weightRao, decided)}, more than ${parts(rules.approval)} needed`],
    ["quorum", `${percent(turnout, totalStakeRao)} of all stake, ${parts(rules.quorum)} needed`],
  ];
  return `proposal ${id}, ${proposal.track}\n${aligned(rows)}`;
}

const parts = (part: number) => percent(BigInt(part), 1_000_000n);

const aligned = (rows: readonly (readonly string[])[]) =>
  rows.map(([name = "", text = ""]) => `  ${name.padEnd(16)}  ${text}`).join("\n");
