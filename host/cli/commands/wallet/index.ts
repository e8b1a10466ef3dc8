/** `yuma wallet`: keys in the files the ecosystem keeps them in. What needs the libraries of keys is loaded when a verb is used. */
import { type Command, Option } from "commander";
import { jsonOptions, type Run, wholeOf } from "../../options.js";
import { hotkeyOptions, walletOptions } from "./options.js";

const words = () =>
  new Option("--n-words <n>", "length of the mnemonic").argParser(wholeOf("n-words", 12, 24)).default(12);
const plain = () => new Option("--plain-hotkey", "write the hotkey unencrypted, for programs that start by themselves");

/** Adds the verbs. */
export function registerWallet(program: Command, run: Run): Command {
  const wallet = program.command("wallet").description("coldkeys and hotkeys: make, list, sign, verify");
  const keys = () => import("./keys.js");
  const verbs = () => import("./verbs.js");

  hotkeyOptions(wallet.command("create").description("a fresh coldkey and a fresh hotkey"))
    .addOption(words())
    .addOption(plain())
    .action(run(async (options: never) => (await keys()).create(options)));
  walletOptions(wallet.command("new-coldkey").description("a fresh coldkey, encrypted"))
    .addOption(words())
    .action(run(async (options: never) => (await keys()).newColdkey(options)));
  hotkeyOptions(wallet.command("new-hotkey").description("a fresh hotkey"))
    .addOption(words())
    .addOption(plain())
    .action(run(async (options: never) => (await keys()).newHotkey(options)));
  walletOptions(wallet.command("regen-coldkey").description("a coldkey again, from its mnemonic or seed")).action(
    run(async (options: never) => (await keys()).regenColdkey(options)),
  );
  hotkeyOptions(wallet.command("regen-hotkey").description("a hotkey again, from its mnemonic or seed"))
    .addOption(plain())
    .action(run(async (options: never) => (await keys()).regenHotkey(options)));
  walletOptions(wallet.command("regen-coldkeypub").description("the public half of a coldkey kept elsewhere"))
    .requiredOption("--ss58-address <address>", "the coldkey's address")
    .action(run(async (options: never) => (await keys()).regenColdkeypub(options)));
  walletOptions(wallet.command("list").description("every wallet and its hotkeys")).action(
    run(async (options: never) => (await verbs()).list(options)),
  );
  hotkeyOptions(wallet.command("sign").description("sign a text by the coldkey"))
    .requiredOption("--message <text>", "what is signed, as UTF-8")
    .option("--use-hotkey", "sign by the hotkey")
    .action(run(async (options: never) => (await verbs()).sign(options)));
  jsonOptions(wallet.command("verify").description("whether a signature of a text is an address's"))
    .requiredOption("--message <text>", "what was signed")
    .requiredOption("--signature <hex>", "the signature")
    .requiredOption("--ss58-address <address>", "whose it should be")
    .action(run(async (options: never) => (await verbs()).verify(options)));
  return wallet;
}
