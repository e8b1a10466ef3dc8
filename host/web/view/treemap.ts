/** Areas for amounts: a squarified treemap (Bruls, Huizing, van Wijk 2000). */

/** A rectangle in percent of the whole. */
export interface Tile {
  readonly index: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Tiles for the amounts above zero, largest first, filling a rectangle `aspect` times as wide as high. */
export function tilesOf(amounts: readonly number[], aspect: number): Tile[] {
  const order = amounts.map((_, index) => index).filter((index) => (amounts[index] ?? 0) > 0);
  order.sort((a, b) => (amounts[b] ?? 0) - (amounts[a] ?? 0) || a - b);
  const sum = order.reduce((total, index) => total + (amounts[index] ?? 0), 0);
  const area = (index: number) => ((amounts[index] ?? 0) / sum) * aspect;
  const tiles: Tile[] = [];
  const free = { left: 0, top: 0, width: aspect, height: 1 };
  for (let at = 0; at < order.length; ) {
    const side = Math.min(free.width, free.height);
    const row = [order[at] as number];
    while (at + row.length < order.length) {
      const next = order[at + row.length] as number;
      if (worst([...row, next].map(area), side) > worst(row.map(area), side)) break;
      row.push(next);
    }
    at += row.length;
    place(row, area, free, tiles, aspect);
  }
  return tiles;
}

/** The least square-like tile's proportion in a row along `side`. */
function worst(areas: readonly number[], side: number): number {
  const sum = areas.reduce((total, one) => total + one, 0);
  return Math.max((side * side * Math.max(...areas)) / sum ** 2, sum ** 2 / (side * side * Math.min(...areas)));
}

function place(
  row: readonly number[],
  area: (index: number) => number,
  free: { left: number; top: number; width: number; height: number },
  tiles: Tile[],
  aspect: number,
): void {
  const sum = row.reduce((total, index) => total + area(index), 0);
  const isColumn = free.width >= free.height;
  const thick = sum / (isColumn ? free.height : free.width);
  let along = 0;
  for (const index of row) {
    const long = area(index) / thick;
    const [left, top] = isColumn ? [free.left, free.top + along] : [free.left + along, free.top];
    const [width, height] = isColumn ? [thick, long] : [long, thick];
    const percent = (part: number, whole: number) => (100 * part) / whole;
    tiles.push({
      index,
      left: percent(left, aspect),
      top: percent(top, 1),
      width: percent(width, aspect),
      height: percent(height, 1),
    });
    along += long;
  }
  if (isColumn) {
    free.left += thick;
    free.width -= thick;
  } else {
    free.top += thick;
    free.height -= thick;
  }
}
