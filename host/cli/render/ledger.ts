/** Calls, what they would do and what they did, as text. */
import { toAddress } from "../../ledger/accounts/address.js";
import type { DryRun } from "../../ledger/block/dryRun.js";
import type { Call } from "../../ledger/calls/call.js";
import type { LedgerEvent } from "../../ledger/events.js";
import type { StateChange } from "../../ledger/state/readChange.js";
import { fromRao } from "../../units.js";
import { colour } from "./colour.js";
import { printable } from "./table.js";

/** A receipt, and which call it is of. */
export interface Outcome {
  readonly call: string;
  readonly height: number | null;
  readonly succeeded: boolean;
  readonly error: string | null;
  readonly events: readonly LedgerEvent[];
}

const MOST_CHARACTERS = 160;
/** Fields of 32 bytes that are no accounts. */
const NO_ACCOUNT = /hash|digest|commit|certificate/i;

/** A value of an event, an argument or the state. Amounts by their name in TAO or alpha; accounts as addresses. */
export function valueText(name: string, value: unknown): string {
  if (typeof value === "bigint") return name.endsWith("Rao") ? fromRao(value) : value.toString();
  if (typeof value === "string" && /^0x[0-9a-f]{64}$/.test(value) && !NO_ACCOUNT.test(name))
    return toAddress(value as never);
  if (value === null || value === undefined) return "–";
  if (isCall(value)) return callText(value);
  if (Array.isArray(value)) return `[${value.map((one) => valueText(name, one)).join(", ")}]`;
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString("hex")}`;
  if (typeof value === "object") return `{ ${fieldsText(value)} }`;
  return String(value);
}

const short = (text: string) => printable(text, MOST_CHARACTERS);

/** "netuid 1, amount 10.000000000": a name says its unit, so it need not be said again. */
function fieldsText(fields: object): string {
  return Object.entries(fields)
    .filter(([name, value]) => name !== "name" && value !== undefined)
    .map(([name, value]) => `${name.replace(/Rao$/, "")} ${valueText(name, value)}`)
    .join(", ");
}

function isCall(value: unknown): value is Call {
  return typeof value === "object" && value !== null && "definition" in value && "values" in value;
}

function callText({ definition, values }: Call): string {
  return `${definition.name}(${fieldsText(values)})`;
}

/** A call and who is to sign it. */
export function renderCall(call: Call, signer: string): string {
  return `${short(callText(call))}\nsigned by ${toAddress(signer as never)}`;
}

/** What became of a call. */
export function renderReceipt({ call, height, succeeded, error, events }: Outcome): string {
  if (height === null) return `${colour.red("✗")} ${call} was not included: ${error}`;
  const mark = succeeded ? colour.green("✓") : colour.red("✗");
  return [`${mark} ${call} in block ${height}${error === null ? "" : `: ${error}`}`, ...eventLines(events)].join("\n");
}

/** What would become of a call. */
export function renderDryRun(call: Call, { accepted, error, height, events, changes }: DryRun): string {
  const name = call.definition.name;
  if (!accepted) return `${colour.red("✗")} ${name} would fail in block ${height}: ${error}`;
  const head = `${colour.green("✓")} ${name} would succeed in block ${height}`;
  return [head, ...eventLines(events), ...changes.map(changeLine)].join("\n");
}

/** Events, a line each, but for the one that says the call succeeded. */
export function eventLines(events: readonly LedgerEvent[]): string[] {
  return events
    .filter(({ name }) => name !== "System.ExtrinsicSuccess" && name !== "System.ExtrinsicFailed")
    .map((event) => `  ${event.name}  ${colour.dim(short(fieldsText(event)))}`);
}

/** An entry of the state before and after. */
function changeLine({ item, keys, before, after }: StateChange): string {
  const key = keys.map((one) => valueText("", one)).join(", ");
  const text = (value: unknown) => short(valueText(amountName(item, value), value));
  return `  ${item}${key === "" ? "" : `(${key})`}  ${colour.dim(`${text(before)} → ${text(after)}`)}`;
}

/** Items that hold amounts are known by their values: only amounts of the balances area are plain bigints. */
function amountName(item: string, value: unknown): string {
  return typeof value === "bigint" && item.startsWith("Balances.") ? "amountRao" : "value";
}
