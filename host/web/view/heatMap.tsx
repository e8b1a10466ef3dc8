/** Validators by uids as a heat map: weights, what is clipped away of them, and bonds. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Matrices } from "../engine/types.js";
import { type CursorMove, cursorKeys, movedTo } from "./cursorKeys.js";
import { COMPUTING, plural } from "./format.js";
import { THEME_EVENT } from "./theme.js";

/** Which matrix is shown. */
export type Layer = "weights" | "clipped" | "bonds";

const LAYERS: readonly { readonly layer: Layer; readonly title: string; readonly about: string }[] = [
  { layer: "weights", title: "Weights", about: "What each validator gave each uid, rows normalised" },
  { layer: "clipped", title: "Clipped away", about: "The part of each weight above consensus, which does not count" },
  { layer: "bonds", title: "Bonds", about: "What each validator holds of each uid after the epoch" },
];

interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The map with its choice of layers and a line that reads out the cell the pointer or the arrow keys are on. */
export function HeatMap(props: { readonly matrices: Matrices | null; readonly onUid: (uid: number) => void }) {
  const { matrices, onUid } = props;
  const [layer, setLayer] = useState<Layer>("weights");
  const [wanted, setCell] = useState<Cell | null>(null);
  const cell = wanted && matrices && isWithin(matrices, wanted) ? wanted : null;
  const about = LAYERS.find((one) => one.layer === layer)?.about ?? "";
  const shape = matrices === null ? COMPUTING : shapeOf(matrices);
  return (
    <figure class="heat">
      <figcaption>
        <h3>Who weighs whom</h3>
        <fieldset class="choice">
          <legend class="hidden">Shown</legend>
          {LAYERS.map((one) => (
            <label key={one.layer}>
              <input type="radio" name="layer" checked={layer === one.layer} onChange={() => setLayer(one.layer)} />
              <span>{one.title}</span>
            </label>
          ))}
        </fieldset>
      </figcaption>
      <Cells
        matrices={matrices}
        layer={layer}
        label={`${about}. ${shape} Validators by stake, uids by incentive. Arrow keys read cells, Enter explains a uid.`}
        cell={cell}
        onCell={setCell}
        onUid={onUid}
      />
      <p class="quiet readout" aria-live="polite">
        {cell && matrices ? reading(matrices, cell) : `${about}. ${shape}`}
      </p>
    </figure>
  );
}

function shapeOf({ validators, miners }: Matrices): string {
  return `${plural(validators.length, "validator")} by ${plural(miners.length, "uid")}.`;
}

const isWithin = ({ validators, miners }: Matrices, { row, column }: Cell) =>
  row < validators.length && column < miners.length;

/** The cells, and the one that is read out. */
function Cells(props: {
  readonly matrices: Matrices | null;
  readonly layer: Layer;
  readonly label: string;
  readonly cell: Cell | null;
  readonly onCell: (cell: Cell | null) => void;
  readonly onUid: (uid: number) => void;
}) {
  const { matrices, layer, label, cell, onCell, onUid } = props;
  const [rows, columns] = [matrices?.validators.length ?? 0, matrices?.miners.length ?? 0];
  const cellAt = (event: PointerEvent | MouseEvent): Cell | null => {
    const { left, top, width, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
    const row = Math.floor(((event.clientY - top) / height) * rows);
    const column = Math.floor(((event.clientX - left) / width) * columns);
    return row >= 0 && row < rows && column >= 0 && column < columns ? { row, column } : null;
  };
  const explain = (at: Cell | null) => {
    const uid = at && matrices?.miners[at.column];
    if (typeof uid === "number") onUid(uid);
  };
  const move = ({ down, right }: CursorMove) => {
    const { row, column } = cell ?? { row: -down, column: -right };
    if (rows * columns > 0) onCell({ row: movedTo(row, down, rows), column: movedTo(column, right, columns) });
  };
  return (
    <div
      class="map"
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys
      tabIndex={0}
      aria-label={label}
      onKeyDown={cursorKeys(move, () => explain(cell))}
      onPointerMove={(event) => onCell(cellAt(event))}
      onPointerLeave={() => onCell(null)}
      onBlur={() => onCell(null)}
      onClick={(event) => explain(cellAt(event))}
    >
      <canvas key={matrices === null ? "empty" : "painted"} ref={usePainted(matrices, layer)} class={layer} />
      {cell !== null && (
        <span
          class="cell"
          style={{
            left: `${(100 * cell.column) / columns}%`,
            top: `${(100 * cell.row) / rows}%`,
            width: `${100 / columns}%`,
            height: `${100 / rows}%`,
          }}
        />
      )}
    </div>
  );
}

/** A canvas that is painted anew whenever what it shows or its theme is another. */
function usePainted(matrices: Matrices | null, layer: Layer) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const paint = () => canvas.current && matrices && draw(canvas.current, matrices, layer);
    paint();
    const scheme = matchMedia("(prefers-color-scheme: dark)");
    scheme.addEventListener("change", paint);
    addEventListener(THEME_EVENT, paint);
    return () => {
      scheme.removeEventListener("change", paint);
      removeEventListener(THEME_EVENT, paint);
    };
  }, [matrices, layer]);
  return canvas;
}

function reading(matrices: Matrices, { row, column }: Cell): string {
  const { validators, miners, weights, clipped, bonds } = matrices;
  const at = row * miners.length + column;
  const [weight = 0, cut = 0, bond = 0] = [weights[at], clipped[at], bonds[at]];
  const away = cut > 0 ? `, ${cut.toFixed(5)} of it clipped away` : "";
  return `Validator ${validators[row]} on uid ${miners[column]}: weight ${weight.toFixed(5)}${away}; bond ${bond.toFixed(5)}`;
}

/** The value from which on a cell is as dense as any: a row of one weight, which is 1, must not make all others pale. */
function denseAt(values: Float32Array): number {
  const some = values.filter((value) => value > 0).sort();
  return some[Math.floor(0.98 * some.length)] || 1;
}

/** A pixel a cell, in the canvas's own colour, as dense as the square root of the value: small weights are seen, too. */
function draw(canvas: HTMLCanvasElement, matrices: Matrices, layer: Layer): void {
  const values = matrices[layer];
  const [width, height] = [matrices.miners.length, matrices.validators.length];
  canvas.width = Math.max(width, 1);
  canvas.height = Math.max(height, 1);
  const context = canvas.getContext("2d");
  if (context === null || width * height === 0) return;
  const [red = 0, green = 0, blue = 0] = (getComputedStyle(canvas).color.match(/\d+/g) ?? []).map(Number);
  // Weights and what is cut off them have one scale, so that both can be compared.
  const scale = layer === "bonds" ? values : matrices.weights;
  const dense = denseAt(scale);
  const image = context.createImageData(width, height);
  const { data } = image;
  for (let k = 0; k < values.length; k++) {
    data[4 * k] = red;
    data[4 * k + 1] = green;
    data[4 * k + 2] = blue;
    data[4 * k + 3] = 255 * Math.min(1, Math.sqrt((values[k] ?? 0) / dense));
  }
  context.putImageData(image, 0, 0);
}
