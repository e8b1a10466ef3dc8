/** Sends a call to a node: tried first, then, on a terminal, confirmed, signed, sent, and told what became of it. */
import { connectLedger } from "../../../client/connect.js";
import type { RemoteLedger } from "../../../client/remote.js";
import { YumaError } from "../../../errors.js";
import { type Signer, signerOf } from "../../../ledger/accounts/keys.js";
import type { DryRun } from "../../../ledger/block/dryRun.js";
import type { Call } from "../../../ledger/calls/call.js";
import { calls } from "../../../ledger/calls/index.js";
import type { Account } from "../../../ledger/state/codecs.js";
import { coldkeypubOf, openColdkey, openHotkey } from "../../../wallet/wallet.js";
import { document, EXIT, print } from "../../io.js";
import { asJson } from "../../options.js";
import { askSecret, confirm } from "../../prompt.js";
import { type Outcome, renderCall, renderDryRun, renderReceipt } from "../../render/ledger.js";
import { placeOf } from "../wallet/options.js";
import { readFields, readHotkey } from "./readers.js";
import type { CallVerb, NodeOptions, SendOptions } from "./verb.js";

/** Who signs: the address is known at once, the key only when it is needed, for it may ask for a password. */
export interface Who {
  readonly account: Account;
  readonly open: () => Promise<Signer>;
}

/** Runs a verb of the tables. */
export function sendVerb(verb: CallVerb, options: SendOptions & Record<string, unknown>): Promise<number> {
  return withNode(options, async (ledger) => {
    const who = await whoOf(options, verb.by);
    const values = await readFields(verb.fields, options, placeOf(options));
    const call = await verb.call(values as never, { calls, signer: who.account, ledger });
    return send(ledger, who, verb.asRoot ? calls.sudo.sudo({ call }) : call, options);
  });
}

/** Works with a node and lets it go. */
export async function withNode<T>({ node }: NodeOptions, work: (ledger: RemoteLedger) => Promise<T>): Promise<T> {
  const ledger = connectLedger(node);
  try {
    return await work(ledger);
  } finally {
    await ledger.close();
  }
}

/** Sends a call: exit code 1 where it is refused or fails, 0 where it succeeds or somebody said no. */
export async function send(ledger: RemoteLedger, who: Who, call: Call, options: SendOptions): Promise<number> {
  const json = asJson(options);
  const tried = await ledger.dryRunAs(who.account, call);
  if (options.dryRun) {
    await print(json ? document({ dryRun: tried }) : renderDryRun(call, tried));
    return tried.accepted ? EXIT.ok : EXIT.mismatch;
  }
  if (!tried.accepted) return refused(call, tried, json);
  if (!json && !options.yes && process.stdin.isTTY) {
    process.stderr.write(`${renderCall(call, who.account)}\n`);
    if (!(await confirm("Send it?"))) {
      process.stderr.write("Nothing was sent.\n");
      return EXIT.ok;
    }
  }
  const signed = await ledger.sign(await who.open(), call);
  const receipt = await ledger.submitAndWait(signed, options.timeout);
  const outcome: Outcome = { call: call.definition.name, ...receipt };
  await print(json ? document({ receipt: outcome }) : renderReceipt(outcome));
  return receipt.succeeded ? EXIT.ok : EXIT.mismatch;
}

/** A call that would fail is not sent: it would cost a nonce and change nothing. */
async function refused(call: Call, tried: DryRun, json: boolean): Promise<number> {
  await print(
    json ? document({ refused: { call: call.definition.name, error: tried.error } }) : renderDryRun(call, tried),
  );
  if (!json) process.stderr.write("Nothing was sent.\n");
  return EXIT.mismatch;
}

/** Who signs: a development key, or the wallet's coldkey or hotkey. */
export async function whoOf(options: SendOptions, by: "coldkey" | "hotkey" = "coldkey"): Promise<Who> {
  const place = placeOf(options);
  const named = by === "hotkey" ? options.hotkey : undefined;
  const key = options.as ?? (named?.startsWith("/") ? named : undefined);
  if (key !== undefined) return devKey(key);
  if (by === "hotkey") {
    const name = named ?? "default";
    const open = () => openHotkey(place, name, () => askSecret(`Password of the hotkey ${name}`));
    return { account: await readHotkey(name, "--hotkey", place), open };
  }
  const { account } = await coldkeypubOf(place);
  return {
    account,
    open: () => openColdkey(place, () => askSecret(`Password of the coldkey of ${options.walletName}`)),
  };
}

/** Only keys that everybody knows: a secret has no place on a command line, which others on the machine can read. */
function devKey(path: string): Who {
  if (!/^\/\/[A-Za-z0-9/]+$/.test(path)) {
    throw new YumaError("USAGE", "--as takes a development key such as //Alice; secrets belong into a wallet.", {});
  }
  const signer = signerOf(path);
  return { account: signer.account, open: async () => signer };
}
