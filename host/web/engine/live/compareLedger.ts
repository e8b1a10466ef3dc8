/** An epoch of a node of our own, recomputed from what stood before it and held against what it left. */
import {
  compareField,
  difference,
  excludedField,
  type FieldReport,
  rowDifference,
  sameRow,
} from "../../../chain/verify/compare.js";
import type { MechanismsSnapshot } from "../../../types.js";
import type { Subject } from "../subject.js";
import { mechanismsEpoch } from "../yuma.js";
import type { Reading } from "./devnet.js";

const SHARED = ["consensus", "dividends", "validatorTrust", "stakeWeight", "validatorPermit", "active"] as const;
const NO_TOTAL = "the node does not tell how much the epoch shared out";

/**
 * The epoch of block `ran`, or a sentence on why it cannot be compared. What agrees agrees whenever its inputs were read. What differs
 * differs only if they are those of the block before: else a call in between may have changed them.
 */
export function compareLedger(
  before: Reading,
  now: Reading,
  ran: number,
): (Pick<Subject, "fields" | "notes"> & { readonly snapshot: MechanismsSnapshot }) | string {
  if (now.snapshot.n < before.snapshot.n) return `The epoch of block ${ran} cannot be compared: uids are gone since.`;
  const raoEmission = now.neurons.reduce((sum, { emissionRao }) => sum + emissionRao, 0n);
  const snapshot = { ...before.snapshot, currentBlock: ran, raoEmission };
  const fields = fieldsOf(snapshot, now, ran);
  const isExact = ran === before.height + 1 && ran === now.height && !hasOpenCommits(before.snapshot);
  if (!isExact && fields.some(({ outcomes }) => outcomes.includes("differs")))
    return `The epoch of block ${ran} cannot be compared: what it read was not seen, only what stood after block ${before.height}.`;
  const notes = [`Amounts are not compared, since ${NO_TOTAL}; those shown share out the sum of what it paid.`];
  return { snapshot, fields, notes };
}

/** Whether rows are masked by commits, some of which expire as the epoch begins. */
function hasOpenCommits({ mechanisms }: MechanismsSnapshot): boolean {
  return mechanisms.some(({ commitBlocks }) => commitBlocks?.some((block) => block !== null));
}

function fieldsOf(snapshot: MechanismsSnapshot, now: Reading, ran: number): FieldReport[] {
  const result = mechanismsEpoch(snapshot);
  const { n } = snapshot;
  const registered = now.snapshot.blockAtRegistration.slice(0, n).entries();
  const skip = new Map([...registered].filter(([, at]) => Number(at) >= ran).map(([uid]) => [uid, "registered since"]));
  const own = <T>(field: string, mechid: number | null, recorded: readonly T[], computed: readonly T[]) =>
    compareField<T>({
      field,
      mechid,
      recorded: recorded.slice(0, n),
      computed,
      skip,
      isEqual: Object.is,
      by: difference,
    });
  const neurons = now.neurons;
  return [
    excludedField("emission", null, n, NO_TOTAL),
    own(
      "incentive",
      0,
      neurons.map(({ incentive }) => incentive),
      result.mechanisms[0]?.incentive ?? [],
    ),
    ...SHARED.map((field) =>
      own<unknown>(
        field,
        null,
        neurons.map((neuron) => neuron[field]),
        result[field],
      ),
    ),
    ...result.mechanisms.map(({ bonds }, mechid) =>
      compareField({
        field: "bonds",
        mechid,
        recorded: (now.snapshot.mechanisms[mechid]?.bonds ?? []).slice(0, n),
        computed: bonds,
        skip,
        isEqual: (left, right) => sameRow(left, right, skip),
        by: rowDifference,
      }),
    ),
  ];
}
