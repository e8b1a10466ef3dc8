/** Lines over epochs, in SVG: what the chart is drawn with scales, what is written beside it does not. */
import { ticksTo } from "./ticks.js";

/** One uid's values, one an epoch, and what they would have been. */
export interface Line {
  readonly uid: number;
  readonly values: readonly number[];
  readonly before: readonly number[] | null;
}

/** The chart; what the cursor is on is read out by whoever shows it. */
export function LineChart(props: {
  readonly lines: readonly Line[];
  readonly epochs: number;
  /** The epoch the cursor is on, from 0. */
  readonly at: number;
  readonly onAt: (epoch: number) => void;
  readonly label: string;
}) {
  const { lines, epochs, at, onAt, label } = props;
  const largest = Math.max(0, ...lines.flatMap(({ values, before }) => [...values, ...(before ?? [])]));
  const ticks = ticksTo(largest);
  const roof = ticks.at(-1) ?? 1;
  const x = (epoch: number) => (epochs < 2 ? 50 : (100 * epoch) / (epochs - 1));
  const y = (value: number) => 100 * (1 - value / roof);
  const path = (values: readonly number[]) =>
    values.map((value, epoch) => `${epoch === 0 ? "M" : "L"}${x(epoch).toFixed(3)} ${y(value).toFixed(3)}`).join("");
  const follow = (event: PointerEvent) => {
    const { left, width } = (event.currentTarget as Element).getBoundingClientRect();
    const epoch = Math.round(((event.clientX - left) / width) * (epochs - 1));
    onAt(Math.min(Math.max(epoch, 0), epochs - 1));
  };
  return (
    <div class="plot">
      {ticks.map((tick) => (
        <span key={tick} class="tick" aria-hidden="true" style={{ top: `${y(tick)}%` }}>
          {tick === 0 ? "0" : String(tick)}
        </span>
      ))}
      <svg
        viewBox="0 0 100 100"
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        onPointerMove={follow}
        onPointerDown={follow}
      >
        {ticks.map((tick) => (
          <line key={tick} class="rule" x1={0} x2={100} y1={y(tick)} y2={y(tick)} />
        ))}
        {lines.map(({ uid, before }, k) => before && <path key={uid} class={`before line${k}`} d={path(before)} />)}
        {lines.map(({ uid, values }, k) => (
          <path key={uid} class={`line${k}`} d={path(values)} />
        ))}
        <line class="cursor" x1={x(at)} x2={x(at)} y1={0} y2={100} />
      </svg>
    </div>
  );
}
