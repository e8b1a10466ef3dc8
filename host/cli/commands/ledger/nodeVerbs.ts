/** `yuma ledger`: the node itself, its blocks and state, any call, and on devnets its time. */
import type { RemoteLedger } from "../../../client/remote.js";
import { YumaError } from "../../../errors.js";
import { toAddress } from "../../../ledger/accounts/address.js";
import { calls } from "../../../ledger/calls/index.js";
import type { BlockEvent } from "../../../ledger/events.js";
import { errorAmong } from "../../../ledger/outcome.js";
import { ITEM_BY_NAME } from "../../../ledger/state/items.js";
import { fromRao } from "../../../units.js";
import { document, EXIT, print } from "../../io.js";
import { asJson } from "../../options.js";
import { eventLines, valueText } from "../../render/ledger.js";
import { table } from "../../render/table.js";
import { argumentOf, argumentsOf, callOfWords, namedCalls } from "./generic.js";
import { readAccount, readAmount } from "./readers.js";
import { send, whoOf, withNode } from "./send.js";
import type { NodeOptions, SendOptions } from "./verb.js";

/** `yuma ledger info`. */
export function info(options: NodeOptions): Promise<number> {
  return withNode(options, async (ledger) => {
    const [told, { totalRao }] = await Promise.all([ledger.info(), ledger.issuance()]);
    const rows = [
      ["network", told.name],
      ["block", `${told.height}`],
      ["digest", told.digest],
      ["genesis", told.genesisDigest],
      ["a block", typeof told.blockTime === "number" ? `every ${told.blockTime} ms` : told.blockTime],
      ["calls that wait", `${told.waitingCalls}`],
      ["issued TAO", fromRao(totalRao)],
    ];
    const text = rows.map(([name = "", value]) => `${name.padEnd(15)}  ${value}`).join("\n");
    await print(asJson(options) ? document({ node: told, totalIssuanceRao: totalRao }) : text);
    return EXIT.ok;
  });
}

/** `yuma ledger block [height]`. */
export function block(height: number | undefined, options: NodeOptions): Promise<number> {
  return withNode(options, async (ledger) => {
    const found = await ledger.block(height);
    const lines = [
      `block ${found.height}  ${found.digest}`,
      `parent ${found.parentDigest}`,
      `calls  ${found.hashes.length}`,
    ];
    const told = found.events === null ? ["its events were not kept"] : ofCalls(found.events);
    await print(asJson(options) ? document({ block: found }) : [...lines, ...told].join("\n"));
    return EXIT.ok;
  });
}

/** Events by call; those of the block's own steps first. */
function ofCalls(events: readonly BlockEvent[]): string[] {
  return [...new Set(events.map(({ callIndex }) => callIndex))].flatMap((index) => {
    const own = events.filter(({ callIndex }) => callIndex === index).map(({ event }) => event);
    const error = index === null ? null : errorAmong(own);
    const outcome = error === null ? "" : ` failed: ${error}`;
    return [index === null ? "the block itself" : `call ${index}${outcome}`, ...eventLines(own)];
  });
}

/** `yuma ledger watch`: each new block, until interrupted or after so many. Nodes tell of them over WebSocket alone, on the same port. */
export function watch(options: NodeOptions & { readonly blocks?: number }): Promise<number> {
  const node = options.node.replace(/^http(?=s?:)/, "ws");
  return withNode({ ...options, node }, async (ledger) => {
    let left = options.blocks ?? Number.POSITIVE_INFINITY;
    let pending: Promise<void> = Promise.resolve();
    await new Promise<void>((resolve, reject) => {
      const stopped = () => reject(new YumaError("NETWORK", "The node is gone.", { url: node }));
      const begun = ledger.subscribe((heard) => {
        if (left-- <= 0) return;
        const line = asJson(options)
          ? JSON.stringify(JSON.parse(document({ block: heard })))
          : [`block ${heard.height}  ${heard.calls} calls`, ...ofCalls(heard.events)].join("\n");
        pending = pending.then(() => print(line));
        if (left <= 0) resolve();
      }, stopped);
      begun.catch(reject);
      process.once("SIGINT", () => resolve());
    });
    await pending;
    return EXIT.ok;
  });
}

/** `yuma ledger state ITEM [keys…]`. */
export function state(item: string, keys: readonly string[], options: NodeOptions): Promise<number> {
  const known = ITEM_BY_NAME.get(item);
  if (known === undefined) {
    throw new YumaError("USAGE", `There is no item ${item}; yuma ledger items lists them.`, { item });
  }
  return withNode(options, async (ledger) => {
    const read = keys.map((key) => (key.startsWith("/") ? readAccount(key, "a key") : argumentOf("key", key)));
    const value = keys.length === known.depth ? await ledger.read(known, ...(read as never[])) : undefined;
    const entries = keys.length < known.depth ? await ledger.entries(known, ...(read as never[])) : undefined;
    if (asJson(options)) await print(document({ item, keys, ...(entries ? { entries } : { value: value ?? null }) }));
    else if (entries)
      await print(
        table(
          [
            { title: "keys", words: true },
            { title: "value", words: true },
          ],
          entries.map(entryRow),
        ),
      );
    else await print(valueText("value", value));
    return EXIT.ok;
  });
}

const entryRow = ([keys, value]: [readonly unknown[], unknown]) => [
  keys.map((key) => valueText("key", key)).join(", "),
  valueText("value", value),
];

/** `yuma ledger items`. */
export async function items(options: NodeOptions): Promise<number> {
  const all = [...ITEM_BY_NAME.values()].map(({ name, depth }) => ({ name, keys: depth }));
  const rows = all.map(({ name, keys }) => [name, `${keys}`]);
  await print(
    asJson(options) ? document({ items: all }) : table([{ title: "item", words: true }, { title: "keys" }], rows),
  );
  return EXIT.ok;
}

/** `yuma ledger calls [area]`. */
export async function listCalls(area: string | undefined, options: NodeOptions): Promise<number> {
  const all = namedCalls()
    .filter(({ name }) => area === undefined || name.startsWith(`${area}.`))
    .map(({ name, definition }) => ({
      name,
      chain: definition.name,
      origin: definition.origin,
      arguments: argumentsOf(definition),
    }));
  if (all.length === 0) throw new YumaError("USAGE", `There is no area ${area}.`, { area });
  const rows = all.map((one) => [one.name, one.arguments.join(" "), one.origin]);
  const columns = [
    { title: "call", words: true },
    { title: "arguments", words: true },
    { title: "by", words: true },
  ];
  await print(asJson(options) ? document({ calls: all }) : table(columns, rows));
  return EXIT.ok;
}

/** `yuma ledger call AREA.NAME field=value…`. */
export function call(
  name: string,
  words: readonly string[],
  options: SendOptions & { useHotkey?: boolean },
): Promise<number> {
  const made = callOfWords(name, words);
  return withNode(options, async (ledger) => {
    const who = await whoOf(options, options.useHotkey ? "hotkey" : "coldkey");
    return send(ledger, who, options.sudo ? calls.sudo.sudo({ call: made }) : made, options);
  });
}

/** `yuma wallet faucet`. */
export function faucet(options: SendOptions & { readonly amount: string; readonly address?: string }): Promise<number> {
  return withNode(options, async (ledger) => {
    const account =
      options.address === undefined ? (await whoOf(options)).account : readAccount(options.address, "--address");
    const amountRao = readAmount(options.amount, "--amount");
    const receipt = await ledger.faucet(account, amountRao);
    const address = toAddress(account);
    const text = receipt.succeeded
      ? `${address} has ${fromRao(amountRao)} TAO more`
      : `The faucet gave nothing: ${receipt.error}`;
    await print(asJson(options) ? document({ address, receipt }) : text);
    return receipt.succeeded ? EXIT.ok : EXIT.mismatch;
  });
}

/** `yuma ledger produce|epoch|…`: moves a devnet's time, and tells where it is. */
export function move(options: NodeOptions, step: (ledger: RemoteLedger) => Promise<unknown>): Promise<number> {
  return withNode(options, async (ledger) => {
    await step(ledger);
    const { height, digest } = await ledger.head();
    await print(asJson(options) ? document({ height, digest }) : `block ${height}`);
    return EXIT.ok;
  });
}
