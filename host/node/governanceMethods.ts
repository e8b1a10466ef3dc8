/** The methods about governance: what `ledger.governance` answers, proposals and votes in stretches. */
import { type Hex, MOST_PROPOSALS, MOST_VOTES, type Wire } from "../client/contract.js";
import { hexOf, toWire } from "../client/wire.js";
import { toAccount, toAddress } from "../ledger/accounts/address.js";
import type { Call } from "../ledger/calls/call.js";
import { callCodec } from "../ledger/calls/index.js";
import type { Proposal } from "../ledger/governanceReads.js";
import { integer, refuse } from "../marshal/values.js";
import type { Asked, Handlers } from "./handlers.js";

type GovernanceMethod = Extract<keyof Handlers, `governance_${string}`>;

const MAX_U32 = 2 ** 32 - 1;
const governance = ({ node }: Asked) => node.ledger.governance;
const readId = (proposal: unknown) => integer("proposal", proposal, 0, MAX_U32);

/** By their names. */
export const GOVERNANCE_METHODS: Pick<Handlers, GovernanceMethod> = {
  governance_proposals: { names: ["from"], answer: proposals },
  governance_proposal: {
    names: ["proposal"],
    answer: (asked, id) => {
      const found = governance(asked).proposal(readId(id));
      return found === undefined ? null : proposalToWire(found);
    },
  },
  governance_votes: { names: ["proposal", "after"], answer: votes },
  governance_power: {
    names: ["coldkey", "proposal"],
    answer: (asked, coldkey, id) =>
      toWire(governance(asked).power(toAccount("coldkey", coldkey), id === undefined ? undefined : readId(id)) ?? null),
  },
  governance_delegate: {
    names: ["coldkey"],
    answer: (asked, coldkey) => governance(asked).delegate(toAccount("coldkey", coldkey)),
  },
  governance_delegators: {
    names: ["hotkey"],
    answer: (asked, hotkey) => governance(asked).delegators(toAccount("hotkey", hotkey)),
  },
  governance_parameters: { names: [], answer: (asked) => toWire(governance(asked).parameters()) },
};

/** Proposals from a number on. Their numbers have no gaps. */
function proposals(asked: Asked, from: unknown = 0): readonly Wire[] {
  const first = readId(from);
  const found: Wire[] = [];
  for (let id = first; id < first + MOST_PROPOSALS; id++) {
    const one = governance(asked).proposal(id);
    if (one === undefined) break;
    found.push(proposalToWire(one));
  }
  return found;
}

/** Votes in order of coldkeys, after the one of `after`. */
function votes(asked: Asked, id: unknown, after: unknown = null): readonly Wire[] {
  const all = governance(asked).votes(readId(id));
  if (after === null) return toWire(all.slice(0, MOST_VOTES)) as readonly Wire[];
  const address = toAddress(toAccount("after", after));
  const at = all.findIndex(({ coldkey }) => coldkey === address);
  if (at < 0) return refuse("after", "a coldkey that has voted", after);
  return toWire(all.slice(at + 1, at + 1 + MOST_VOTES)) as readonly Wire[];
}

function proposalToWire({ call, ...rest }: Proposal): Wire {
  return { ...(toWire(rest) as object), call: { ...named(call), scale: hexOf(callCodec.enc(call)) as Hex } };
}

/** A call by name and arguments, those within it likewise: for readers without the codec. */
function named({ definition, values }: Call): object {
  const fields = Object.entries(values).map(([name, value]) => [name, plain(value)]);
  return { name: definition.name, arguments: Object.fromEntries(fields) };
}

function plain(value: unknown): Wire {
  if (Array.isArray(value)) return value.map(plain);
  const isCall = typeof value === "object" && value !== null && "definition" in value;
  return isCall ? named(value as Call) : toWire(value);
}
