/** `yuma governance propose|list|show`: proposals, their votes and where they stand. */
import type { RemoteLedger } from "../../../client/remote.js";
import { YumaError } from "../../../errors.js";
import { toAddress } from "../../../ledger/accounts/address.js";
import { callCodec, calls } from "../../../ledger/calls/index.js";
import { decode } from "../../../ledger/state/codecs.js";
import {
  type Proposal,
  Proposals,
  ProposedCalls,
  Tallies,
  type Tally,
  Votes,
} from "../../../ledger/state/governance.js";
import { fromRao, percent } from "../../../units.js";
import { document, EXIT, print } from "../../io.js";
import { asJson } from "../../options.js";
import { valueText } from "../../render/ledger.js";
import { printable, table } from "../../render/table.js";
import { callOfWords } from "./generic.js";
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

/** A proposal and what was voted on it. */
interface Known {
  readonly id: number;
  readonly proposal: Proposal;
  readonly call: unknown;
  readonly tally: Tally;
}

async function known(ledger: RemoteLedger, id: number, proposal: Proposal): Promise<Known> {
  const [bytes, tally] = await Promise.all([ledger.read(ProposedCalls, id), ledger.read(Tallies, id)]);
  const call = bytes === undefined ? null : decode(callCodec, bytes, "A proposed call");
  return { id, proposal, call, tally };
}

/** `yuma governance list`. */
export function list(options: NodeOptions): Promise<number> {
  return withNode(options, async (ledger) => {
    const all = await ledger.entries(Proposals);
    const found = await Promise.all(all.map(([[id], proposal]) => known(ledger, id, proposal)));
    const columns = [
      { title: "proposal" },
      { title: "status", words: true },
      { title: "due" },
      { title: "kind", words: true },
      { title: "call", words: true },
    ];
    const rows = found.map(({ id, proposal, call }) => [
      `${id}`,
      proposal.status,
      `${proposal.dueBlock}`,
      proposal.track,
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
    const proposal = await ledger.read(Proposals, id);
    if (proposal === undefined) throw new YumaError("BAD_VALUE", `There is no proposal ${id}.`, { proposal: id });
    const [found, votes] = await Promise.all([known(ledger, id, proposal), ledger.entries(Votes, id)]);
    const ballots = votes.map(([[, coldkey], vote]) => ({ coldkey: toAddress(coldkey), ...vote }));
    const voted = ballots.map((one) => [one.coldkey, one.choice, fromRao(one.power.weightRao, 3)]);
    const text = [
      drawn(found),
      ...(voted.length === 0
        ? []
        : [
            "",
            table([{ title: "coldkey", words: true }, { title: "vote", words: true }, { title: "weight TAO" }], voted),
          ]),
    ].join("\n");
    await print(asJson(options) ? document({ ...asDocument(found), votes: ballots }) : text);
    return EXIT.ok;
  });
}

function asDocument({ id, proposal, call, tally }: Known) {
  return { proposal: id, ...proposal, proposer: toAddress(proposal.proposer), call: valueText("call", call), tally };
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

function drawn({ id, proposal, call, tally }: Known): string {
  const { rules, totalStakeRao } = proposal;
  const decided = tally.aye.weightRao + tally.nay.weightRao;
  const turnout = tally.aye.stakeRao + tally.abstain.stakeRao;
  const parts = (part: number) => percent(BigInt(part), 1_000_000n);
  const rows = [
    ["call", valueText("call", call)],
    ["by", toAddress(proposal.proposer)],
    ["deposit", `${fromRao(proposal.depositRao)} TAO`],
    ["status", proposal.status],
    [DUE[proposal.status], `${proposal.dueBlock}`],
    ["aye", `${fromRao(tally.aye.weightRao, 3)} TAO of weight`],
    ["nay", `${fromRao(tally.nay.weightRao, 3)} TAO of weight`],
    ["abstain", `${fromRao(tally.abstain.weightRao, 3)} TAO of weight`],
    ["approval", `${percent(tally.aye.weightRao, decided)}, more than ${parts(rules.approval)} needed`],
    ["quorum", `${percent(turnout, totalStakeRao)} of all stake, ${parts(rules.quorum)} needed`],
  ];
  return [
    `proposal ${id}, ${proposal.track}`,
    ...rows.map(([name = "", text]) => `  ${name.padEnd(16)}  ${text}`),
  ].join("\n");
}
