/** What the last blocks changed, as many of them as fit. */
import type { Change } from "./changes.js";

/** What an engine takes for a change and its arrays, beside their bytes: measured, Node 20. */
const OVERHEAD_BYTES = 640;

/** The changes of the last blocks, by height. */
export class RecentChanges {
  readonly #mostBytes: number;
  readonly #changes = new Map<number, { readonly changes: readonly Change[]; readonly bytes: number }>();
  #bytes = 0;

  /** Keeps blocks up to so many bytes of memory; with 0 none. */
  constructor(mostBytes: number) {
    this.#mostBytes = mostBytes;
  }

  /** Adds the changes of the next block; the oldest go. */
  add(height: number, changes: readonly Change[]): void {
    const bytes = changes.reduce((sum, change) => sum + sizeOf(change), 0);
    this.#changes.set(height, { changes, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#changes.keys()) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#drop(oldest);
    }
  }

  /** What a block changed. */
  of(height: number): readonly Change[] | undefined {
    return this.#changes.get(height)?.changes;
  }

  /** Forgets what came after a block. */
  dropAfter(height: number): void {
    for (const known of [...this.#changes.keys()]) if (known > height) this.#drop(known);
  }

  #drop(height: number): void {
    this.#bytes -= this.#changes.get(height)?.bytes ?? 0;
    this.#changes.delete(height);
  }
}

function sizeOf({ key, before, after }: Change): number {
  return OVERHEAD_BYTES + key.length + (before?.length ?? 0) + (after?.length ?? 0);
}
