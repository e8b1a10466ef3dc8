/** A result as its JSON would read: bigints as decimal strings. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, inner) => (typeof inner === "bigint" ? inner.toString() : inner)));
}
