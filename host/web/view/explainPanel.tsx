/** Why one uid's numbers are what they are, step by step, beside the table. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { ExplanationSection, ExplanationTable, Quantity } from "../../api/explain/types.js";
import type { RemoteEngine } from "../engine/client.js";
import type { Explained } from "../engine/types.js";
import { ClipPicture } from "./clipPicture.js";

const ROWS_AT_FIRST = 8;

interface PanelProps {
  readonly engine: RemoteEngine;
  readonly uid: number;
  readonly mechid: number;
  /** Changes whenever what is computed does. */
  readonly version: number;
  readonly onClose: () => void;
  readonly onUid: (uid: number) => void;
}

/** The panel; Escape closes it. */
export function ExplainPanel({ engine, uid, mechid, version, onClose, onUid }: PanelProps) {
  const [told, setTold] = useState<Explained | string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    let isStale = false;
    engine.explain(uid, mechid).then(
      (explained) => isStale || setTold(explained),
      (error: Error) => isStale || setTold(error.message),
    );
    return () => {
      isStale = true;
    };
  }, [engine, uid, mechid, version]);
  useEffect(() => heading.current?.focus({ preventScroll: true }), [uid]);
  useEffect(() => {
    const close = (event: KeyboardEvent) => event.key === "Escape" && onClose();
    addEventListener("keydown", close);
    return () => removeEventListener("keydown", close);
  }, [onClose]);
  const isTold = typeof told === "object" && told !== null && told.explanation.uid === uid;
  return (
    <aside class="explain" aria-labelledby="explained">
      <header>
        <h2 id="explained" tabIndex={-1} ref={heading}>
          Why uid {uid}
        </h2>
        <button type="button" class="plain" onClick={onClose} aria-label="Close the explanation">
          ✕
        </button>
      </header>
      <div class="story" aria-live="polite">
        {typeof told === "string" && <p>{told}</p>}
        {isTold && told.explanation.hotkey && <p class="quiet key">{told.explanation.hotkey}</p>}
        {isTold &&
          told.explanation.sections.map((section) => (
            <Section key={section.topic} section={section} onUid={onUid}>
              {section.topic === "consensus" && told.clip && <ClipPicture clip={told.clip} uid={uid} />}
            </Section>
          ))}
      </div>
    </aside>
  );
}

function Section(props: {
  readonly section: ExplanationSection;
  readonly onUid: (uid: number) => void;
  readonly children: preact.ComponentChildren;
}) {
  const { title, sentence, steps } = props.section;
  const tables = props.section.tables.filter(({ rows }) => rows.length > 0);
  return (
    <section>
      <h3>{title}</h3>
      <p>{sentence}</p>
      {props.children}
      <details>
        <summary>Step by step</summary>
        {steps.map((step) => (
          <div class="step" key={step.formula}>
            <p>{step.sentence}</p>
            <p class="formula">{step.formula}</p>
            <Quantities all={step.quantities} />
          </div>
        ))}
        {tables.map((table) => (
          <Rows key={table.title} table={table} onUid={props.onUid} />
        ))}
      </details>
    </section>
  );
}

function Quantities({ all }: { readonly all: readonly Quantity[] }) {
  if (all.length === 0) return null;
  return (
    <table class="quantities">
      <thead class="hidden">
        <tr>
          <th scope="col">Quantity</th>
          <th scope="col">Value</th>
          <th scope="col">Raw integer and its format</th>
        </tr>
      </thead>
      <tbody>
        {all.map((one) => (
          <tr key={one.name}>
            <th scope="row">{one.name}</th>
            <td>{one.decimal}</td>
            <td class="raw">
              {one.raw.toString()} <small>{one.format}</small>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Columns of words that are uids one may go to. */
const UID_COLUMNS = new Set(["uid", "validator"]);

function Rows({ table, onUid }: { readonly table: ExplanationTable; readonly onUid: (uid: number) => void }) {
  const [isWhole, setWhole] = useState(false);
  const rows = isWhole ? table.rows : table.rows.slice(0, ROWS_AT_FIRST);
  const cell = (value: Quantity | string, column: number) => {
    if (typeof value !== "string") return <span title={`${value.raw} ${value.format}`}>{value.decimal}</span>;
    if (!UID_COLUMNS.has(table.columns[column] ?? "") || !/^\d+$/.test(value)) return value;
    return (
      <button type="button" class="link" onClick={() => onUid(Number(value))}>
        {value}
      </button>
    );
  };
  return (
    <div class="rows">
      <h4>{table.title}</h4>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by the keyboard */}
      <section class="across" tabIndex={0} aria-label={table.title}>
        <table>
          <thead>
            <tr>
              {table.columns.map((name) => (
                <th scope="col" key={name}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, k) => (
              <tr key={k} class={table.cut?.row === k && k > 0 ? "cut" : ""}>
                {row.map((value, column) => (
                  <td key={table.columns[column]}>{cell(value, column)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {table.rows.length > ROWS_AT_FIRST && (
        <button type="button" class="plain more" onClick={() => setWhole(!isWhole)}>
          {isWhole ? "Fewer rows" : `All ${table.rows.length} rows`}
        </button>
      )}
    </div>
  );
}
