/** A verb that makes one call: its options, and the call they make. Tables of them are beside; what runs them is send.ts. */
import { type Command, Option } from "commander";
import type { RemoteLedger } from "../../../client/remote.js";
import type { Call } from "../../../ledger/calls/call.js";
import type { calls } from "../../../ledger/calls/index.js";
import type { Account } from "../../../ledger/state/codecs.js";
import { jsonOptions, type Run, wholeOf } from "../../options.js";
import { placeOptions } from "../wallet/options.js";
import type { Fields, Values } from "./fields.js";

/** What a verb may use to make its call. */
export interface Making {
  readonly calls: typeof calls;
  /** Who will sign. */
  readonly signer: Account;
  /** For verbs whose call depends on the state. */
  readonly ledger: RemoteLedger;
}

/** A verb that makes one call. */
export interface CallVerb<F extends Fields = Fields> {
  readonly name: string;
  readonly what: string;
  /** Who signs, unless it is the coldkey. */
  readonly by?: "hotkey";
  /** Only root may: --sudo is not asked for, the call goes through sudo. */
  readonly asRoot?: true;
  readonly fields: F;
  readonly call: (values: Values<F>, making: Making) => Call | Promise<Call>;
}

/** The same, its options' types hidden. */
export function callVerb<F extends Fields>(verb: CallVerb<F>): CallVerb {
  return verb as unknown as CallVerb;
}

/** What every verb that speaks to a node is told. */
export interface NodeOptions {
  readonly node: string;
  readonly json?: boolean;
  readonly jsonOutput?: boolean;
}

/** What every verb that sends a call is told. */
export interface SendOptions extends NodeOptions {
  readonly walletName: string;
  readonly walletPath?: string;
  readonly as?: string;
  readonly hotkey?: string;
  readonly sudo?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly timeout: number;
}

const USUAL_NODE = "ws://127.0.0.1:9955";
const USUAL_WAIT_SECONDS = 60;

/** --json, --node. */
export function nodeOptions(command: Command): Command {
  return jsonOptions(command).addOption(
    new Option("--node <url>", "the node of yuma devnet, by ws or http").default(USUAL_NODE).env("YUMA_NODE"),
  );
}

/** --wallet-name, --wallet-path, --as. */
export function signerOptions(command: Command): Command {
  return placeOptions(command).option("--as <key>", "a development key, such as //Alice, in place of the wallet's");
}

/** The same, and how a call is sent. */
export function sendOptions(command: Command): Command {
  return signerOptions(nodeOptions(command))
    .option("--dry-run", "tell what would become of it and what it would change, and send nothing")
    .option("-y, --yes", "ask nothing")
    .option("--timeout <seconds>", "to wait for its block", wholeOf("timeout", 1, 3600), USUAL_WAIT_SECONDS);
}

/** Adds verbs that each make one call. */
export function addCallVerbs(noun: Command, run: Run, verbs: readonly CallVerb[]): void {
  for (const verb of verbs) {
    const command = sendOptions(noun.command(verb.name).description(verb.what));
    for (const { flag, what, usual, optional } of Object.values(verb.fields)) {
      const option = new Option(flag, what);
      if (usual !== undefined) option.default(usual);
      command.addOption(option.makeOptionMandatory(usual === undefined && !optional));
    }
    command.action(run(async (options: never) => (await import("./send.js")).sendVerb(verb, options)));
  }
}
