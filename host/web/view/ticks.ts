/** Round values along an axis from 0. */

/** Multiples of 1, 2 or 5 times a power of ten from 0 to at least `largest`: at most `most` steps, at least one. */
export function ticksTo(largest: number, most = 4): number[] {
  if (!(largest > 0)) return [0, 1];
  const least = largest / most;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = ([1, 2, 5, 10].find((times) => times * power >= least * (1 - 1e-12)) ?? 10) * power;
  const count = Math.max(1, Math.ceil(largest / step - 1e-9));
  return Array.from({ length: count + 1 }, (_, k) => Number((k * step).toPrecision(12)));
}
