/**
 * The slow, obvious twin of assembly/pool's shares: decimal numbers as pairs of BigInt, written from the published rules. null is
 * a result that does not exist.
 */

/** mantissa · 10^exponent. */
export type Decimal = readonly [mantissa: bigint, exponent: bigint];

export const LARGEST = 10n ** 21n;
const U64_MAX = (1n << 64n) - 1n;
const MOST_DROPPED = 22n;
export const NOTHING: Decimal = [0n, 0n];

const isExponent = (e: bigint) => BigInt.asIntN(64, e) === e;
const dropped = (m: bigint, digits: bigint) => m / 10n ** (digits < MOST_DROPPED ? digits : MOST_DROPPED);
const most = (...numbers: bigint[]) => numbers.reduce((a, b) => (a > b ? a : b));

function normal(mantissa: bigint, exponent: bigint): Decimal | null {
  if (mantissa === 0n) return NOTHING;
  let down = 0n;
  while (mantissa / 10n ** down > LARGEST) down++;
  const short = mantissa / 10n ** down;
  let up = 0n;
  while (short * 10n ** up <= LARGEST / 10n) up++;
  const results = [exponent, exponent + down, exponent + down - up];
  return results.every(isExponent) ? [short * 10n ** up, exponent + down - up] : null;
}

export function create(m: bigint, e: bigint): Decimal | null {
  return m > LARGEST ? null : normal(m, e);
}

export function sum([ma, ea]: Decimal, [mb, eb]: Decimal): Decimal | null {
  if (ma === 0n) return [mb, eb];
  if (mb === 0n) return [ma, ea];
  const e = most(ea, eb);
  return normal(dropped(ma, e - ea) + dropped(mb, e - eb), e);
}

export function difference([ma, ea]: Decimal, [mb, eb]: Decimal): Decimal | null {
  if (mb === 0n) return [ma, ea];
  if (ma === 0n) return null;
  const e = most(ea, eb);
  return normal(most(dropped(ma, e - ea) - dropped(mb, e - eb), 0n), e);
}

export function quotient([ma, ea]: Decimal, [mb, eb]: Decimal): Decimal | null {
  const e = ea - eb - 21n;
  return mb === 0n || !isExponent(e) ? null : normal((ma * LARGEST) / mb, e);
}

export function proportion([ma, ea]: Decimal, [mb, eb]: Decimal, [mc, ec]: Decimal): Decimal | null {
  if (mc === 0n || !isExponent(ea + eb) || !isExponent(ea + eb - ec)) return null;
  return normal((ma * mb) / mc, ea + eb - ec);
}

export function exceeds([ma, ea]: Decimal, [mb, eb]: Decimal): boolean {
  const apart = ea - eb;
  if (apart > 1n || apart < -1n) return apart > 0n;
  return apart < 0n ? ma > mb * 10n : ma * 10n ** apart > mb;
}

export function whole([m, e]: Decimal): bigint {
  const value = e > 0n ? m * 10n ** (e < MOST_DROPPED ? e : MOST_DROPPED) : dropped(m, -e);
  return value > U64_MAX ? U64_MAX : value;
}

export function fromBinary(bits: bigint): Decimal {
  const part = quotient(create(bits & U64_MAX, 0n)!, create(1n << 64n, 0n)!)!;
  return sum(create(bits >> 64n, 0n)!, part)!;
}

/** A hotkey's alpha: V, D, and the shares of those who have any. */
export class Pool<Key> {
  constructor(
    public value = 0n,
    public all: Decimal = NOTHING,
    readonly own = new Map<Key, Decimal>(),
  ) {}

  worth(key: Key): bigint {
    const part = proportion(create(this.value, 0n)!, this.own.get(key) ?? NOTHING, this.all);
    return part === null ? 0n : whole(part);
  }

  private sharesOf(change: bigint): Decimal {
    const size = create(change < 0n ? -change : change, 0n)!;
    return proportion(size, this.all, create(this.value, 0n)!) ?? NOTHING;
  }

  represents(change: bigint): boolean {
    return this.all[0] === 0n || this.sharesOf(change)[0] !== 0n;
  }

  everybody(change: bigint): void {
    const value = this.value + change;
    this.value = value < 0n ? 0n : value > U64_MAX ? U64_MAX : value;
  }

  one(key: Key, change: bigint): void {
    if (this.all[0] === 0n) {
      this.all = create(change < 0n ? -change : change, 0n)!;
      this.own.set(key, this.all);
    } else {
      const shares = this.sharesOf(change);
      const step = change > 0n ? sum : difference;
      const share = this.own.get(key) ?? NOTHING;
      this.all = step(this.all, shares) ?? this.all;
      this.own.set(key, step(share, shares) ?? share);
    }
    this.everybody(change);
  }
}
