/** Epochs to come: dividends, incentive and a validator's bonds, if weights, stakes and settings stay as they are. */
import { useState } from "preact/hooks";
import type { RemoteEngine } from "../engine/client.js";
import type { Course, Given, Opened } from "../engine/types.js";
import { COMPUTING, grouped } from "./format.js";
import { ForwardTable } from "./forwardTable.js";
import { type Line, LineChart } from "./lineChart.js";
import { useForward } from "./useForward.js";
import { useOwn } from "./useOwn.js";

const ONE = 65_535;
const LENGTHS = [10, 30, 100];
/** More lines than colours that can be told apart help nobody. */
const MOST_LINES = 6;

const TITLES = { dividends: "Dividends", bonds: "Bonds", incentive: "Incentive" } as const;
type Layer = keyof typeof TITLES;
const LAYERS = Object.keys(TITLES) as Layer[];

const NOTHING = { now: null, before: null };

/** The section: what is followed, the chart, its values, the same as a table. */
export function ForwardSection(props: {
  readonly engine: RemoteEngine;
  readonly opened: Opened | null;
  readonly source: Given | null;
  readonly mechid: number;
  /** Changes whenever what is computed does. */
  readonly version: number;
  readonly onUid: (uid: number) => void;
}) {
  const { engine, opened, source, mechid, version, onUid } = props;
  const [layer, setLayer] = useState<Layer>("dividends");
  const [epochs, setEpochs] = useState(30);
  const [wanted, setWanted] = useOwn<number>(source);
  const [cursor, setCursor] = useState<number | null>(null);
  const holder = wanted !== null && opened?.numbers.validatorPermit[wanted] ? wanted : null;
  const forward = useForward(engine, source, version, { mechid, epochs, holder });
  const { now: course, before } = typeof forward === "object" && forward !== null ? forward : NOTHING;
  const lines = course === null ? [] : linesOf(layer, course, before);
  const length = course?.blocks.length ?? epochs;
  const at = Math.min(cursor ?? length - 1, length - 1);
  const title = layer === "bonds" && course !== null ? `Bonds of uid ${course.holder}` : TITLES[layer];
  const missing = course === null ? COMPUTING : lines.length === 0 ? "Nobody has any." : null;
  return (
    <section class="forward" aria-labelledby="forward">
      <div class="bar">
        <h2 id="forward">Epochs to come</h2>
        <p class="quiet">
          If weights, stakes and settings stay as they are, bonds carried from each epoch to the next.
        </p>
      </div>
      <div class="bar">
        <fieldset class="choice">
          <legend class="hidden">Followed</legend>
          {LAYERS.map((one) => (
            <label key={one}>
              <input type="radio" name="followed" checked={layer === one} onChange={() => setLayer(one)} />
              <span>{TITLES[one]}</span>
            </label>
          ))}
        </fieldset>
        <div class="filters">
          {layer === "bonds" && <Holders opened={opened} holder={course?.holder ?? null} onHolder={setWanted} />}
          <label class="check">
            Epochs
            <select value={epochs} onChange={({ currentTarget }) => setEpochs(Number(currentTarget.value))}>
              {LENGTHS.map((count) => (
                <option key={count} value={count}>
                  {count}
                </option>
              ))}
            </select>
          </label>
        </div>
      </div>
      {typeof forward === "string" && <p class="fault">{forward}</p>}
      <figure class="lines">
        <LineChart
          lines={lines}
          epochs={length}
          at={at}
          onAt={setCursor}
          label={summaryOf(title, lines, missing, length)}
        />
        <Values lines={lines} at={at} onUid={onUid} missing={typeof forward === "string" ? null : missing} />
      </figure>
      <Cursor lines={lines} blocks={course?.blocks ?? null} at={at} length={length} onAt={setCursor} />
      {course !== null && lines.length > 0 && <ForwardTable title={title} lines={lines} blocks={course.blocks} />}
    </section>
  );
}

/** The uids with the largest values in any of the epochs, under the change or before it; the largest at the end first. */
function linesOf(layer: Layer, now: Course, before: Course | null): Line[] {
  const rows = now[layer];
  const uids = Array.from({ length: rows[0]?.length ?? 0 }, (_, uid) => uid);
  const all = before === null ? rows : [...rows, ...before[layer]];
  const highest = uids.map((uid) => Math.max(...all.map((row) => row[uid] ?? 0)));
  const order = (by: (uid: number) => number) => (a: number, b: number) => by(b) - by(a) || a - b;
  const last = rows.at(-1);
  const shown = uids
    .filter((uid) => (highest[uid] ?? 0) > 0)
    .sort(order((uid) => highest[uid] ?? 0))
    .slice(0, MOST_LINES)
    .sort(order((uid) => last?.[uid] ?? 0));
  const over = (course: Course, uid: number) => course[layer].map((row) => (row[uid] ?? 0) / ONE);
  return shown.map((uid) => ({ uid, values: over(now, uid), before: before && over(before, uid) }));
}

function Holders(props: {
  readonly opened: Opened | null;
  readonly holder: number | null;
  readonly onHolder: (uid: number) => void;
}) {
  const { opened, holder, onHolder } = props;
  const permits = (opened?.numbers.validatorPermit ?? []).flatMap((permit, uid) => (permit ? [uid] : []));
  return (
    <label class="check">
      Bonds of
      <select value={holder ?? ""} onChange={({ currentTarget }) => onHolder(Number(currentTarget.value))}>
        {permits.map((uid) => (
          <option key={uid} value={uid}>
            uid {uid}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The cursor for hands on keys, who hear the values. */
function Cursor(props: {
  readonly lines: readonly Line[];
  readonly blocks: readonly bigint[] | null;
  readonly at: number;
  readonly length: number;
  readonly onAt: (epoch: number) => void;
}) {
  const { lines, blocks, at, length, onAt } = props;
  return (
    <label class="slider">
      <span>
        Epoch <output>{blocks === null ? " " : `${at + 1} of ${length}, block ${grouped(blocks[at] ?? 0n)}`}</output>
      </span>
      <input
        type="range"
        min={0}
        max={length - 1}
        value={at}
        disabled={blocks === null}
        aria-valuetext={spokenAt(lines, at)}
        onInput={({ currentTarget }) => onAt(Number(currentTarget.value))}
      />
    </label>
  );
}

/** What each line is at the cursor. */
function Values(props: {
  readonly lines: readonly Line[];
  readonly at: number;
  /** Why there are no lines. */
  readonly missing: string | null;
  readonly onUid: (uid: number) => void;
}) {
  const { lines, at, missing, onUid } = props;
  return (
    <ul class="values">
      {missing !== null && <li class="quiet">{missing}</li>}
      {lines.map(({ uid, values, before }, k) => (
        <li key={uid}>
          <button type="button" class="plain" onClick={() => onUid(uid)} aria-label={`Explain uid ${uid}`}>
            <span class={`swatch line${k}`} /> uid {uid}
          </button>
          <span>
            {share(values[at])}
            {before && before[at] !== values[at] && <small>{share(before[at])}</small>}
          </span>
        </li>
      ))}
    </ul>
  );
}

const share = (value = 0) => value.toFixed(5);

function spokenAt(lines: readonly Line[], at: number): string {
  return `Epoch ${at + 1}: ${lines.map(({ uid, values }) => `uid ${uid} ${share(values[at])}`).join(", ")}`;
}

function summaryOf(title: string, lines: readonly Line[], missing: string | null, epochs: number): string {
  const told = lines.map(({ uid, values }) => `uid ${uid} from ${share(values[0])} to ${share(values.at(-1))}`);
  return `${title} over ${epochs} epochs: ${missing ?? `${told.join(", ")}.`}`;
}
