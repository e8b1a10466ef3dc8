/** The metagraph's table. Of up to 4096 rows only those in sight, and a few around them, are in the document. */
import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Numbers, Opened } from "../engine/types.js";
import { COLUMNS } from "./columns.js";
import { exactValue, fieldTitle, type Quantity, shortKey, shownValue } from "./format.js";
import type { Differences, Sorting } from "./rows.js";

const ROW_HEIGHT = 34;
const TALL_ROW_HEIGHT = 50;
/** Rows kept above and below those in sight. */
const MARGIN = 8;
const ROWS_AT_FIRST = 24;

interface TableProps {
  readonly opened: Opened | null;
  readonly uids: readonly number[];
  readonly differences: Differences;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
  /** Whether recorded values stand under all computed ones, not only under those that differ. */
  readonly beside: boolean;
  /** The numbers before a change, where there is one. */
  readonly before: Numbers | null;
  readonly chosen: number | null;
  readonly onUid: (uid: number) => void;
}

/** The table in its scrolling frame. */
export function MetagraphTable(props: TableProps) {
  const { opened, uids, differences, sorting, onSort, beside, before, chosen, onUid } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, rows: ROWS_AT_FIRST });
  const isTall = beside || before !== null || (opened?.counts.differs ?? 0) > 0;
  const height = isTall ? TALL_ROW_HEIGHT : ROW_HEIGHT;
  const look = () => {
    const { scrollTop = 0, clientHeight = 0 } = frame.current ?? {};
    const next = { top: Math.floor(scrollTop / height), rows: Math.ceil(clientHeight / height) || ROWS_AT_FIRST };
    setSight((now) => (now.top === next.top && now.rows === next.rows ? now : next));
  };
  useOnSize(frame, look, [height]);
  const first = Math.max(0, Math.min(sight.top, uids.length - sight.rows) - MARGIN);
  const last = Math.min(uids.length, first + sight.rows + 2 * MARGIN);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reached by the keyboard
    <section class="frame" ref={frame} onScroll={look} tabIndex={0} aria-label="Metagraph, scrolls">
      <table aria-rowcount={uids.length + 1} class={isTall ? "tall" : ""}>
        <thead>
          <tr aria-rowindex={1}>
            <Heading column="uid" title="Uid" about="Place in the subnet" sorting={sorting} onSort={onSort} />
            {opened?.hotkeys && <th scope="col">Hotkey</th>}
            {COLUMNS.map(({ quantity, title, about }) => (
              <Heading key={quantity} column={quantity} title={title} about={about} sorting={sorting} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <Gap rows={first} height={height} />
          {opened !== null &&
            uids
              .slice(first, last)
              .map((uid, k) => (
                <Row
                  key={uid}
                  opened={opened}
                  uid={uid}
                  at={first + k}
                  differences={differences}
                  beside={beside}
                  before={before}
                  chosen={uid === chosen}
                  onUid={onUid}
                />
              ))}
          <Gap rows={uids.length - last} height={height} />
        </tbody>
      </table>
      {opened !== null && uids.length === 0 && <p class="empty">No uid fits these filters.</p>}
    </section>
  );
}

/** Calls `look` when the frame is there or has another size; asking at each drawing would have it laid out twice. */
function useOnSize(frame: RefObject<HTMLElement | null>, look: () => void, when: readonly unknown[]): void {
  const latest = useRef(look);
  latest.current = look;
  useLayoutEffect(() => {
    latest.current();
    const observer = new ResizeObserver(() => latest.current());
    if (frame.current !== null) observer.observe(frame.current);
    return () => observer.disconnect();
  }, [frame, ...when]);
}

function Gap({ rows, height }: { readonly rows: number; readonly height: number }) {
  return rows > 0 ? <tr class="gap" style={{ height: `${rows * height}px` }} /> : null;
}

function Heading(props: {
  readonly column: Sorting["column"];
  readonly title: string;
  readonly about: string;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
}) {
  const { column, title, about, sorting, onSort } = props;
  const isSorted = sorting.column === column;
  const order = isSorted ? (sorting.descending ? "descending" : "ascending") : undefined;
  // Uids read from the first, quantities from the largest.
  const next = isSorted ? !sorting.descending : column !== "uid";
  return (
    <th scope="col" aria-sort={order} class={column}>
      <button type="button" title={about} onClick={() => onSort({ column, descending: next })}>
        {title}
        <span class="arrow" aria-hidden="true">
          {isSorted ? (sorting.descending ? "↓" : "↑") : ""}
        </span>
      </button>
    </th>
  );
}

function Row(props: {
  readonly opened: Opened;
  readonly uid: number;
  readonly at: number;
  readonly differences: Differences;
  readonly beside: boolean;
  readonly before: Numbers | null;
  readonly chosen: boolean;
  readonly onUid: (uid: number) => void;
}) {
  const { opened, uid, at, differences, beside, before, chosen, onUid } = props;
  const hotkey = opened.hotkeys?.[uid];
  const permit = opened.numbers.validatorPermit[uid];
  return (
    <tr aria-rowindex={at + 2} class={chosen ? "chosen" : at % 2 === 0 ? "even" : ""} onClick={() => onUid(uid)}>
      <th scope="row" class="uid">
        <button type="button" class="who" aria-label={`Explain uid ${uid}`}>
          {uid}
        </button>
        {permit && (
          <abbr class="permit" title="holds a validator permit">
            V
          </abbr>
        )}
        <Others uid={uid} differences={differences} />
      </th>
      {opened.hotkeys && (
        <td class="hotkey" title={hotkey}>
          {hotkey === undefined ? "" : shortKey(hotkey)}
        </td>
      )}
      {COLUMNS.map(({ quantity }) => {
        const value = opened.numbers[quantity][uid] ?? 0;
        if (before !== null) {
          return <Moved key={quantity} quantity={quantity} value={value} was={before[quantity][uid] ?? 0} />;
        }
        const found = differences.get(quantity)?.get(uid);
        const isCompared = opened.fields.some(({ field, excluded }) => field === quantity && excluded === undefined);
        const recorded = found === undefined ? value : (found.recorded as string | number | null);
        return (
          <td
            key={quantity}
            title={exactValue(quantity, value)}
            class={`${found?.outcome ?? ""} ${Number(value) === 0 ? "zero" : ""}`}
          >
            {shownValue(quantity, value)}
            {(found?.outcome === "differs" || (beside && isCompared)) && (
              <small title={recorded === null ? "" : exactValue(quantity, BigInt(recorded))}>
                {recorded === null ? "none recorded" : shownValue(quantity, BigInt(recorded))}
              </small>
            )}
          </td>
        );
      })}
    </tr>
  );
}

/** A cell under a change: what it is, and beneath what it was. */
function Moved(props: { readonly quantity: Quantity; readonly value: number | bigint; readonly was: number | bigint }) {
  const { quantity, value, was } = props;
  const way = value === was ? (Number(value) === 0 ? "zero" : "") : value > was ? "up" : "down";
  return (
    <td class={way} title={exactValue(quantity, value)}>
      {shownValue(quantity, value)}
      {value !== was && <small title={exactValue(quantity, was)}>{shownValue(quantity, was)}</small>}
    </td>
  );
}

/** A mark for what differs in outputs that have no column. */
function Others({ uid, differences }: { readonly uid: number; readonly differences: Differences }) {
  const names = [...differences]
    .filter(
      ([field, found]) => !COLUMNS.some(({ quantity }) => quantity === field) && found.get(uid)?.outcome === "differs",
    )
    .map(([field]) => fieldTitle(field));
  return names.length === 0 ? null : (
    <abbr class="other" title={`also differs in ${names.join(", ")}`}>
      +{names.length}
    </abbr>
  );
}
