/** The verdict at a glance, and what it rests on. */
import type { Opened } from "../engine/types.js";
import { fieldTitle, grouped, plural } from "./format.js";

const SIGNS = { agrees: "✓", differs: "≠", unrecorded: "·" } as const;

/** The headline of what is open; where that is nothing, an outline of the same size. */
export function Verdict(props: {
  readonly opened: Opened | null;
  readonly busy: string | null;
  /** Whether what is shown beneath was changed since. */
  readonly isChanged: boolean;
}) {
  const { opened, busy, isChanged } = props;
  const kind = opened?.verdict ?? "unrecorded";
  return (
    <section class={`verdict ${kind}`} aria-label="Verdict">
      <p class="subject">
        <span>{opened?.title ?? " "}</span>
        {busy !== null && <span class="quiet"> opening {busy} …</span>}
      </p>
      <h1>
        <span class="sign" aria-hidden="true">
          {SIGNS[kind]}
        </span>
        <span role="status">{opened === null ? headlineOfNothing(busy) : headline(opened)}</span>
      </h1>
      <p class="reason">
        {opened === null ? reasonOfNothing(busy) : reason(opened)}
        {isChanged && " That is of the epoch as it was opened; the numbers beneath are of your change."}
      </p>
      <dl class="facts">
        <Fact name="Uids" value={opened === null ? "–" : grouped(opened.n)} />
        {(opened?.facts ?? PLACEHOLDERS).map((fact) => (
          <Fact key={fact.name} {...fact} />
        ))}
      </dl>
      {opened !== null && opened.fields.length > 0 && <Fields opened={opened} />}
      {opened?.notes.map((note) => (
        <p class="quiet" key={note}>
          {note}
        </p>
      ))}
    </section>
  );
}

const RECORDED_BY: Partial<Record<Opened["kind"], string>> = { bundle: "the chain", node: "the node" };
const PLACEHOLDERS = ["Block", "Consensus", "Rules", "Shared out"].map((name) => ({ name, value: "–" }));

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const headlineOfNothing = (busy: string | null) => (busy === null ? "Nothing is open" : "Computing");

const reasonOfNothing = (busy: string | null) =>
  busy === null ? "Open a file, an address or the example, or connect to a node." : " ";

function headline({ verdict, kind, counts }: Opened): string {
  if (verdict === "unrecorded") return "Computed";
  if (verdict === "agrees") return `Agrees with ${RECORDED_BY[kind] ?? "what was recorded"}`;
  return counts.differs === 0 ? "Nothing could be compared" : `Differs in ${plural(counts.differs, "value")}`;
}

function reason({ verdict, kind, counts, fields }: Opened): string {
  if (verdict === "unrecorded" && kind === "node")
    return "So the epoch would come out on what the node holds now. The next one that runs is compared with what it leaves.";
  if (verdict === "unrecorded")
    return "There are no recorded outputs to compare with; open them to see whether they agree.";
  const compared = counts.equal + counts.differs;
  const outputs = fields.filter((field) => field.excluded === undefined).length;
  const skipped = counts.excluded === 0 ? "" : ` ${plural(counts.excluded, "value")} could not be compared.`;
  const source =
    kind === "example" ? " The subnet is made up; its outputs were computed by the chain’s own pallet." : "";
  return verdict === "agrees"
    ? `${grouped(compared)} values of ${plural(outputs, "output")} recomputed, all equal to the last bit.${skipped}${source}`
    : `${grouped(counts.equal)} of ${grouped(compared)} values are equal to the last bit.${skipped}${source}`;
}

/** Each output compared: how many values, and how many of them differ. */
function Fields({ opened }: { readonly opened: Opened }) {
  return (
    <ul class="fields" aria-label="Outputs compared">
      {opened.fields.map(({ field, mechid, outcomes, excluded }) => {
        const differs = outcomes.filter((outcome) => outcome === "differs").length;
        const state = excluded !== undefined ? "excluded" : differs > 0 ? "differs" : "agrees";
        const title = opened.mechanisms > 1 && mechid !== null ? `${fieldTitle(field)} ${mechid}` : fieldTitle(field);
        return (
          <li
            key={`${field}/${mechid}`}
            class={state}
            title={excluded ?? `${plural(outcomes.length, "value")} compared`}
          >
            {title}
            {differs > 0 && <b> {grouped(differs)}</b>}
          </li>
        );
      })}
    </ul>
  );
}
