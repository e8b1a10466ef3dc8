/** A slow, obvious twin of the balances calls, written from the rules of the balances pallet: a plain map of amounts. */

/** What a call may be. Accounts are numbers here. */
export type TwinCall =
  | {
      readonly kind: "allowDeath" | "keepAlive";
      readonly from: number;
      readonly to: number;
      readonly amountRao: bigint;
    }
  | { readonly kind: "all"; readonly from: number; readonly to: number; readonly keepAlive: boolean }
  | { readonly kind: "forceTransfer"; readonly from: number; readonly to: number; readonly amountRao: bigint }
  | { readonly kind: "forceSet"; readonly account: number; readonly freeRao: bigint };

const DEPOSIT = 500n;
const TOO_MUCH = 1n << 64n;

/** Balances by account, and how much there is. */
export class BalancesTwin {
  readonly free = new Map<number, bigint>();
  issued = 0n;

  /** Gives an account its first balance. */
  endow(account: number, rao: bigint): void {
    this.free.set(account, rao);
    this.issued += rao;
  }

  /** Carries out a call; the chain's name of the error, or null. */
  apply(call: TwinCall): string | null {
    if (call.kind === "forceSet") return this.#set(call.account, call.freeRao);
    if (call.kind === "all") {
      const has = this.#of(call.from);
      const amount = !call.keepAlive ? has : has > DEPOSIT ? has - DEPOSIT : 0n;
      return this.#move(call.from, call.to, amount, call.keepAlive);
    }
    return this.#move(call.from, call.to, call.amountRao, call.kind === "keepAlive");
  }

  #of(account: number): bigint {
    return this.free.get(account) ?? 0n;
  }

  #set(account: number, rao: bigint): string | null {
    const others = this.issued - this.#of(account);
    if (others + rao >= TOO_MUCH) return "Arithmetic.Overflow";
    this.#put(account, rao < DEPOSIT ? 0n : rao);
    this.issued = others + this.#of(account);
    return null;
  }

  #move(from: number, to: number, rao: bigint, mustLive: boolean): string | null {
    if (rao === 0n) return null;
    if (this.#of(from) < rao) return "Token.FundsUnavailable";
    if (mustLive && this.#of(from) - rao < DEPOSIT) return "Token.NotExpendable";
    if (this.#of(to) + rao >= TOO_MUCH) return "Arithmetic.Overflow";
    if (this.#of(to) + rao < DEPOSIT) return "Token.BelowMinimum";
    if (from === to) return null;
    const left = this.#of(from) - rao;
    this.#put(to, this.#of(to) + rao);
    this.#put(from, left < DEPOSIT ? 0n : left);
    if (left < DEPOSIT) this.issued -= left;
    return null;
  }

  #put(account: number, rao: bigint): void {
    if (rao === 0n) this.free.delete(account);
    else this.free.set(account, rao);
  }
}
