/** Who listens to which subscription of a connection. */
import type { Notification } from "../chain/transport/frames.js";
import { BLOCK_NOTIFICATION, type NewBlock } from "./contract.js";
import type { LedgerReader, RemoteBlock } from "./reader.js";
import { fromWire } from "./wire.js";

interface Listener {
  readonly onBlock: (block: RemoteBlock) => void;
  readonly onEnd: (() => void) | undefined;
}

/** The subscriptions of one connection. */
export class Subscriptions {
  readonly #listeners = new Map<string, Listener>();
  /** Blocks of subscriptions whose number has not been read yet: an answer and what follows it may come in one piece. */
  #early: { readonly subscription: string; readonly block: NewBlock }[] = [];
  #opening = 0;

  /** Subscribes to blocks. */
  async begin(ledger: LedgerReader, onBlock: Listener["onBlock"], onEnd?: () => void): Promise<() => Promise<void>> {
    this.#opening += 1;
    try {
      const subscription = await ledger.ask("ledger_subscribeBlocks");
      this.#listeners.set(subscription, { onBlock, onEnd });
      for (const early of this.#early) if (early.subscription === subscription) this.#tell(early);
      return async () => {
        if (this.#listeners.delete(subscription)) await ledger.ask("ledger_unsubscribeBlocks", subscription);
      };
    } finally {
      this.#opening -= 1;
      if (this.#opening === 0) this.#early = [];
    }
  }

  /** Takes a message that came unasked. */
  take({ method, params }: Notification): void {
    if (method !== BLOCK_NOTIFICATION) return;
    const told = params as { readonly subscription: string; readonly block: NewBlock };
    if (this.#listeners.has(told.subscription)) this.#tell(told);
    else if (this.#opening > 0) this.#early.push(told);
  }

  /** Nobody listens any more. */
  forget(): void {
    this.#listeners.clear();
  }

  /** The connection was cut: nobody will hear anything any more. */
  cut(): void {
    const ended = [...this.#listeners.values()];
    this.#listeners.clear();
    for (const { onEnd } of ended) onEnd?.();
  }

  #tell({ subscription, block }: { readonly subscription: string; readonly block: NewBlock }): void {
    this.#listeners.get(subscription)?.onBlock(fromWire(block));
  }
}
