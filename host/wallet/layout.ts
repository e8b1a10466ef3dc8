/** Where the ecosystem keeps keys: `<folder>/<wallet>/{coldkey, coldkeypub.txt, hotkeys/<hotkey>}`. */
import { homedir } from "node:os";
import { join } from "node:path";
import { refuse } from "../marshal/values.js";

/** The folder of all wallets where no other is named. */
export const usualFolder = (): string => join(homedir(), ".bittensor", "wallets");

/** The name of a wallet, and of a hotkey, where no other is given. */
export const USUAL_NAME = "default";

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_. -]{0,63}$/;

/** A wallet's name, or a hotkey's: a file name that leads nowhere else. Throws BAD_VALUE naming `where`. */
export function readName(where: string, input: unknown): string {
  if (typeof input === "string" && NAME.test(input) && !input.endsWith(".")) return input;
  return refuse(
    where,
    "a name of letters, digits, _ - . and spaces, 64 at most, that begins with none of the last",
    input,
  );
}

/** The files of a wallet. */
export interface WalletFiles {
  readonly folder: string;
  readonly coldkey: string;
  readonly coldkeypub: string;
  readonly hotkeys: string;
}

/** The files of the wallet `name` below `folder`. Throws BAD_VALUE for a name that is none. */
export function filesOf(folder: string, name: string): WalletFiles {
  const own = join(folder, readName("wallet", name));
  return {
    folder: own,
    coldkey: join(own, "coldkey"),
    coldkeypub: join(own, "coldkeypub.txt"),
    hotkeys: join(own, "hotkeys"),
  };
}

/** The file of a hotkey. Throws BAD_VALUE for a name that is none. */
export function hotkeyFile(files: WalletFiles, name: string): string {
  return join(files.hotkeys, readName("hotkey", name));
}
