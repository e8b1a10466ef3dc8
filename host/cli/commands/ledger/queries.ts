/** Questions to a node that change nothing: accounts, stakes, subnets. */
import type { RemoteLedger } from "../../../client/remote.js";
import { toAddress } from "../../../ledger/accounts/address.js";
import { FreeBalance } from "../../../ledger/state/balances.js";
import type { Account } from "../../../ledger/state/codecs.js";
import { StakingHotkeys } from "../../../ledger/state/staking.js";
import { decimal, fromRao, proportion } from "../../../units.js";
import { coldkeypubOf } from "../../../wallet/wallet.js";
import { document, EXIT, print } from "../../io.js";
import { asJson } from "../../options.js";
import { type Column, table } from "../../render/table.js";
import { placeOf } from "../wallet/options.js";
import { readAccount } from "./readers.js";
import { withNode } from "./send.js";
import type { NodeOptions, SendOptions } from "./verb.js";

/** Whose account: an address, a development key, or the wallet's. */
export interface AccountOptions extends SendOptions {
  readonly address?: string;
}

/** The account that is meant. Throws USAGE, BAD_FILE. */
export async function accountOf(options: AccountOptions): Promise<Account> {
  if (options.address !== undefined) return readAccount(options.address, "--address");
  if (options.as !== undefined) return readAccount(options.as, "--as");
  return (await coldkeypubOf(placeOf(options))).account;
}

/** A stake. */
interface Stake {
  readonly netuid: number;
  readonly hotkey: string;
  /** Alpha, or on the root TAO. */
  readonly stakeRao: bigint;
  /** What it is worth at the pool's price, before the swap moves it. */
  readonly valueRao: bigint;
}

async function stakesOf(ledger: RemoteLedger, coldkey: Account): Promise<readonly Stake[]> {
  const [hotkeys, subnets] = await Promise.all([ledger.read(StakingHotkeys, coldkey), ledger.subnets()]);
  const prices = [{ netuid: 0, priceBits: 1n << 64n }, ...subnets];
  const all = await Promise.all(
    prices.flatMap(({ netuid, priceBits }) =>
      hotkeys.map(async (hotkey) => {
        const stakeRao = await ledger.stakeRao(hotkey, coldkey, netuid);
        return { netuid, hotkey: toAddress(hotkey), stakeRao, valueRao: (stakeRao * priceBits) >> 64n };
      }),
    ),
  );
  return all.filter(({ stakeRao }) => stakeRao > 0n);
}

/** `yuma wallet balance`: free TAO, and what the stakes are worth. */
export function balance(options: AccountOptions): Promise<number> {
  return withNode(options, async (ledger) => {
    const account = await accountOf(options);
    const [freeRao, stakes] = await Promise.all([ledger.read(FreeBalance, account), stakesOf(ledger, account)]);
    const stakedRao = stakes.reduce((sum, { valueRao }) => sum + valueRao, 0n);
    const address = toAddress(account);
    const rows = [
      ["free", fromRao(freeRao)],
      ["staked, at the pools' prices", fromRao(stakedRao)],
      ["together", fromRao(freeRao + stakedRao)],
    ];
    const text = `${address}\n${table([{ title: "", words: true }, { title: "TAO" }], rows)}`;
    await print(asJson(options) ? document({ address, freeRao, stakedRao }) : text);
    return EXIT.ok;
  });
}

/** `yuma stake list`: an account's stakes. */
export function stakes(options: AccountOptions): Promise<number> {
  return withNode(options, async (ledger) => {
    const account = await accountOf(options);
    const found = await stakesOf(ledger, account);
    const columns: Column[] = [
      { title: "netuid" },
      { title: "hotkey", words: true },
      { title: "stake" },
      { title: "worth TAO" },
    ];
    const rows = found.map((one) => [`${one.netuid}`, one.hotkey, fromRao(one.stakeRao), fromRao(one.valueRao)]);
    const text = found.length === 0 ? `${toAddress(account)} has no stake.` : table(columns, rows);
    await print(asJson(options) ? document({ address: toAddress(account), stakes: found }) : text);
    return EXIT.ok;
  });
}

/** `yuma subnet list`. */
export function subnets(options: NodeOptions): Promise<number> {
  return withNode(options, async (ledger) => {
    const found = await ledger.subnets();
    const columns = [
      "netuid",
      "neurons",
      "price TAO",
      "pool TAO",
      "pool alpha",
      "registration TAO",
      "tempo",
      "next epoch",
    ];
    const rows = found.map((one) => [
      `${one.netuid}`,
      `${one.neurons}`,
      decimal(one.priceBits, 64, 6),
      fromRao(one.taoRao, 3),
      fromRao(one.alphaInRao, 3),
      fromRao(one.registrationRao, 6),
      `${one.tempo}`,
      one.emittingSince === null ? "not started" : `${one.nextEpochBlock ?? "never"}`,
    ]);
    const text =
      found.length === 0
        ? "There are no subnets yet."
        : table(
            columns.map((title) => ({ title })),
            rows,
          );
    await print(asJson(options) ? document({ subnets: found }) : text);
    return EXIT.ok;
  });
}

/** `yuma subnet show`: a subnet's neurons. */
export function neurons(options: NodeOptions & { readonly netuid: number }): Promise<number> {
  return withNode(options, async (ledger) => {
    const found = await ledger.metagraph(options.netuid);
    const columns: Column[] = [
      { title: "uid" },
      { title: "hotkey", words: true },
      { title: "alpha staked" },
      ...["vtrust", "consensus", "incentive", "dividends"].map((title) => ({ title })),
      { title: "emission" },
    ];
    const rows = found.map((one) => [
      `${one.uid}${one.validatorPermit ? "*" : ""}`,
      one.hotkey,
      fromRao(one.alphaStakeRao, 3),
      ...[one.validatorTrust, one.consensus, one.incentive, one.dividends].map((part) => proportion(part)),
      fromRao(one.emissionRao, 6),
    ]);
    const text =
      found.length === 0 ? `Subnet ${options.netuid} has no neurons.` : `${table(columns, rows)}\n* may set weights`;
    await print(asJson(options) ? document({ netuid: options.netuid, neurons: found }) : text);
    return EXIT.ok;
  });
}

/** `yuma subnet snapshot`: the epoch as it would run now, for `yuma epoch` and `yuma explain`. */
export function snapshot(options: NodeOptions & { readonly netuid: number }): Promise<number> {
  return withNode(options, async (ledger) => {
    await print(document(await ledger.epochSnapshot(options.netuid)));
    return EXIT.ok;
  });
}
