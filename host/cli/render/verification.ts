/** A verification for people: the verdict, a line a field, and what differs or was left out. */
import type { FieldReport, Finding, Verification } from "../../chain/index.js";
import { grouped } from "../../units.js";
import { colour } from "./colour.js";
import { type Column, printable, table } from "./table.js";

const COLUMNS: readonly Column[] = [
  { title: "field", words: true },
  { title: "mechanism", words: true },
  { title: "equal" },
  { title: "differ" },
  { title: "left out" },
];

const NAME_SHOWN = 40;
/** Longest text of one value. */
const LONGEST_VALUE = 60;

/** The whole of it; at most so many findings are shown. */
export function renderVerification(verification: Verification, limit: number): string {
  const { fields } = verification;
  const rows = fields.map(({ field, mechid, outcomes }) => {
    const count = (wanted: string) => String(outcomes.filter((outcome) => outcome === wanted).length);
    return [field, mechid === null ? "" : String(mechid), count("equal"), count("differs"), count("excluded")];
  });
  return [
    verificationLine(verification),
    table(COLUMNS, rows),
    ...findings(fields, limit),
    ...footnotes(verification),
  ].join("\n\n");
}

/** The verdict on one line. */
export function verificationLine({
  network,
  netuid,
  block,
  specVersion,
  verdict,
  counts,
  proved,
}: Verification): string {
  const word = verdict === "agrees" ? colour.green("agrees") : colour.red("differs");
  const numbers = `${grouped(counts.equal)} values equal, ${grouped(counts.differs)} differ, ${grouped(counts.excluded)} left out`;
  const doubt = proved ? "" : "; the rules used are not proved";
  return `${printable(network, NAME_SHOWN)} subnet ${netuid}, epoch of block ${grouped(block)} (spec ${specVersion}): the chain ${word}: ${numbers}${doubt}.`;
}

function findings(fields: readonly FieldReport[], limit: number): string[] {
  const whole = fields.flatMap(({ field, mechid, excluded }) =>
    excluded === undefined ? [] : [`${nameOf(field, mechid)}: left out, ${excluded}`],
  );
  const single = fields.flatMap(({ field, mechid, findings: list }) =>
    list.map((finding) => `${nameOf(field, mechid)} of uid ${finding.uid}: ${sentence(finding)}`),
  );
  const rest = single.length > limit ? [`… and ${single.length - limit} more; --limit shows them.`] : [];
  const lines = [...whole, ...single.slice(0, limit), ...rest];
  return lines.length === 0 ? [] : [lines.join("\n")];
}

function nameOf(field: string, mechid: number | null): string {
  return mechid === null || mechid === 0 ? field : `${field} of mechanism ${mechid}`;
}

function sentence({ outcome, recorded, computed, by, reason }: Finding): string {
  if (outcome === "excluded") return `left out, ${reason}`;
  const difference = by === undefined ? "" : ` (by ${value(by)})`;
  return `the chain recorded ${value(recorded)}, computed is ${value(computed)}${difference}`;
}

function value(of: unknown): string {
  return printable(typeof of === "string" ? of : JSON.stringify(of), LONGEST_VALUE);
}

function footnotes({ notes, unproved, blockHash, metadataHash }: Verification): string[] {
  const lines = [
    ...notes.map((note) => `Note: ${note}.`),
    ...unproved.map((reason) => `Not proved: ${reason}.`),
    colour.dim(`block ${blockHash}, metadata ${metadataHash}`),
  ];
  return [lines.join("\n")];
}
