/** The shape of a snapshot's settings: everything but its arrays. Each message completes "<field> must be …". */
import * as v from "valibot";
import { MAX_UIDS } from "../../assembly/contract.js";
import { shown, YumaError } from "../errors.js";
import { integerFrom, refuse, u64 } from "./values.js";

function whole(low: number, high: number) {
  const wanted = ({ input }: { readonly input: unknown }) => integerFrom(low, high, input);
  return v.pipe(v.number(wanted), v.integer(wanted), v.minValue(low, wanted), v.maxValue(high, wanted));
}

const U16 = whole(0, 65535);
const I16 = whole(-32768, 32767);
const Bool = v.boolean("true or false");
const Text = v.string("a string");
const Count = whole(0, Number.MAX_SAFE_INTEGER);

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Checked by marshal/values.ts, which reads all three spellings of a u64. */
function wide(field: string) {
  return v.pipe(
    v.custom<unknown>((value) => value !== undefined),
    v.transform((value) => u64(field, value)),
  );
}

/** A capability record given by hand. */
export const RulesRecord = v.strictObject({
  specVersion: v.nullable(Count),
  liquidAlphaConsensus: v.picklist(["current", "perSubnet"], '"current" or "perSubnet"'),
  nullMode: Bool,
  bondsMask: v.picklist(["lastEpoch", "tempo", "lastUpdate"], '"lastEpoch", "tempo" or "lastUpdate"'),
  ownerPrivilege: Bool,
  perSubnetBonds: Bool,
  emissionShares: v.exactOptional(
    v.picklist(["none", "price", "flow", "priceBurn"], '"none", "price", "flow" or "priceBurn"'),
  ),
  emissionGate: v.exactOptional(v.picklist(["none", "quantile", "rank"], '"none", "quantile" or "rank"')),
});

/** By the value's own type, so that a fault inside a record is named rather than the record refused as a whole. */
export const GivenRules = v.lazy((value) =>
  typeof value === "number" ? Count : isRecord(value) ? RulesRecord : v.number("a spec version or a record of rules"),
);

const Source = v.object(
  {
    network: v.optional(Text),
    netuid: v.optional(U16),
    mechid: v.optional(whole(0, 255)),
    block: v.optional(Count),
    blockHash: v.optional(Text),
    specVersion: v.optional(Count),
  },
  "an object",
);

/** The settings of an epoch snapshot, raw integers. */
export const Settings = v.object({
  schemaVersion: v.optional(v.literal(1, "1, the only version there is")),
  name: v.optional(Text),
  n: whole(1, MAX_UIDS),
  currentBlock: wide("currentBlock"),
  tempo: U16,
  lastMechanismStepBlock: wide("lastMechanismStepBlock"),
  activityCutoff: wide("activityCutoff"),
  kappa: U16,
  bondsPenalty: U16,
  bondsMovingAverage: wide("bondsMovingAverage"),
  yuma3: Bool,
  liquidAlpha: Bool,
  alphaLow: U16,
  alphaHigh: U16,
  alphaSigmoidSteepness: I16,
  maxAllowedValidators: U16,
  stakeThreshold: wide("stakeThreshold"),
  ownerUid: v.nullable(U16),
  commitRevealEnabled: Bool,
  raoEmission: wide("raoEmission"),
  taoWeight: wide("taoWeight"),
  rules: v.optional(GivenRules),
  liquidAlphaConsensusMode: v.optional(v.picklist(["auto", "current", "previous"], '"auto", "current" or "previous"')),
  epochConsensus: v.optional(v.picklist(["yuma", "null"], '"yuma" or "null"')),
  source: v.optional(v.pipe(v.custom<object>(isRecord, "an object"), Source)),
});

/** The settings after parsing: u64 fields are bigints. */
export type ParsedSettings = v.InferOutput<typeof Settings>;

/** Parses `input` by `schema`; the first failure becomes MISSING_FIELD or BAD_VALUE, naming the field and the value. */
export function parse<S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> {
  const parsed = v.safeParse(schema, input, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const field = v.getDotPath(issue) ?? "the document";
  const value = issue.path?.at(-1)?.value ?? issue.input;
  if (value === undefined) throw new YumaError("MISSING_FIELD", `${field} is missing.`, { field });
  if (issue.type === "strict_object" && issue.expected === "never") {
    throw new YumaError("UNKNOWN_FIELD", `${field} is not a known field (${shown(value)}).`, { field });
  }
  return refuse(field, issue.message.startsWith("Invalid") ? `of type ${issue.expected}` : issue.message, value);
}
