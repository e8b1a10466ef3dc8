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

/** --wallet-name, --wallet-path. */
export function placeOptions(command: Command): Command {
  return command
    .addOption(new Option("--wallet-name <name>", "the wallet").default("default").env("YUMA_WALLET_NAME"))
    .addOption(
      new Option("--wallet-path <folder>", "of all wallets; else ~/.bittensor/wallets").env("YUMA_WALLET_PATH"),
    );
}

/** The same and --json. */
export const walletOptions = (command: Command): Command => placeOptions(jsonOptions(command));

/** The same and --hotkey. */
export function hotkeyOptions(command: Command): Command {
  return walletOptions(command).addOption(new Option("--hotkey <name>", "the hotkey").default("default"));
}

/** The place the options name. */
export const placeOf = ({ walletName, walletPath }: Pick<KeyOptions, "walletName" | "walletPath">): WalletPlace => ({
  name: walletName,
  folder: walletPath,
});
