/** Governance of a ledger that a node keeps: the readers of the one in process, by the same names, each a promise. */
import { callCodec } from "../ledger/calls/index.js";
import type { CastVote, Governance, GovernanceParameters, Proposal } from "../ledger/governanceReads.js";
import { decode, fromHex } from "../ledger/state/codecs.js";
import type { Power } from "../ledger/state/governance.js";
import type { Hex } from "./contract.js";
import { MOST_PROPOSALS, MOST_VOTES } from "./contract.js";
import type { RemoteLedger } from "./remote.js";
import { fromWire } from "./wire.js";

/** What can be asked about governance, as in process. */
export type RemoteGovernance = {
  readonly [N in keyof Governance]: (...asked: Parameters<Governance[N]>) => Promise<ReturnType<Governance[N]>>;
};

/** Asks a node about governance. */
export function remoteGovernance(ledger: RemoteLedger): RemoteGovernance {
  return {
    proposals: async () => {
      const found: Proposal[] = [];
      for (;;) {
        const next = await ledger.ask("governance_proposals", found.length);
        found.push(...next.map(proposalOf));
        if (next.length < MOST_PROPOSALS) return found;
      }
    },
    proposal: async (id) => {
      const found = await ledger.ask("governance_proposal", id);
      return found === null ? undefined : proposalOf(found);
    },
    votes: async (id) => {
      const found: CastVote[] = [];
      for (;;) {
        const next = await ledger.ask("governance_votes", id, found.at(-1)?.coldkey ?? null);
        found.push(...next.map((vote) => amounts<CastVote>(vote)));
        if (next.length < MOST_VOTES) return found;
      }
    },
    power: async (coldkey, id) => {
      const found = await ledger.ask("governance_power", coldkey, ...(id === undefined ? [] : ([id] as [number])));
      return found === null ? undefined : amounts<Power>(found);
    },
    delegate: (coldkey) => ledger.ask("governance_delegate", coldkey),
    delegators: (hotkey) => ledger.ask("governance_delegators", hotkey),
    parameters: async () => amounts<GovernanceParameters>(await ledger.ask("governance_parameters")),
  };
}

const amounts = <T>(value: unknown): T => fromWire<T>(value, (name) => name.endsWith("Rao"));

function proposalOf(wire: unknown): Proposal {
  const { call, ...rest } = wire as { readonly call: { readonly scale: Hex } };
  return {
    ...amounts<Omit<Proposal, "call">>(rest),
    call: decode(callCodec, fromHex(call.scale), "A proposed call"),
  };
}
