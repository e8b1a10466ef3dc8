/** What every verb about keys is told: which wallet, which hotkey. */
import { type Command, Option } from "commander";
import type { WalletPlace } from "../../../wallet/wallet.js";
import { jsonOptions } from "../../options.js";

/** Which wallet and which hotkey. */
export interface KeyOptions {
  readonly walletName: string;
  readonly walletPath?: string;
  readonly hotkey: string;
  readonly json?: boolean;
  readonly jsonOutput?: boolean;
}

/** --json, --wallet-name, --wallet-path. */
export function walletOptions(command: Command): Command {
  return jsonOptions(command)
    .addOption(new Option("--wallet-name <name>", "the wallet").default("default").env("YUMA_WALLET_NAME"))
    .addOption(
      new Option("--wallet-path <folder>", "of all wallets; else ~/.bittensor/wallets").env("YUMA_WALLET_PATH"),
    );
}

/** The same and --hotkey. */
export function hotkeyOptions(command: Command): Command {
  return walletOptions(command).addOption(new Option("--hotkey <name>", "the hotkey").default("default"));
}

/** The place the options name. */
export const placeOf = ({ walletName, walletPath }: KeyOptions): WalletPlace => ({
  name: walletName,
  folder: walletPath,
});

/** Whether JSON is asked for. */
export const asJson = ({ json, jsonOutput }: Pick<KeyOptions, "json" | "jsonOutput">): boolean =>
  Boolean(json || jsonOutput);
