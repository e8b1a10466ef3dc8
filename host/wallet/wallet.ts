/** A wallet: one coldkey, encrypted, its public half in the clear, and hotkeys by name. */
import { readdir } from "node:fs/promises";
import { YumaError } from "../errors.js";
import { toAccount, toAddress } from "../ledger/accounts/address.js";
import type { Signer } from "../ledger/accounts/keys.js";
import { readSmall, refuseFile, writeNew } from "./files.js";
import { freshSecret, type KeyFile, publicDocument, readKeyDocument, type Secret, secretDocument } from "./keyfile.js";
import { filesOf, hotkeyFile, readName, USUAL_NAME, usualFolder } from "./layout.js";
import { seal, sealingOf, unseal } from "./sealed.js";

/** Which wallet: by default "default" below ~/.bittensor/wallets. */
export interface WalletPlace {
  readonly folder?: string | undefined;
  readonly name?: string | undefined;
}

/** Asked for only where a file turns out to be encrypted. */
export type AskPassword = () => string | Promise<string>;

/** How a key is written: encrypted with a password, or in the clear because somebody said so. */
export type Protection = { readonly password: string } | "plain";

/** What is in a folder of wallets, without any secret. */
export interface WalletEntry {
  readonly name: string;
  /** The coldkey's address, where `coldkeypub.txt` tells it. */
  readonly address: string | undefined;
  readonly hotkeys: readonly { readonly name: string; readonly address: string | undefined }[];
}

/** What newer wallets add to a hotkey's name for its public half. */
const PUBLIC_HALF = "pub.txt";
/** Endings of files that lie beside keys and are none. */
const NO_KEYS = [PUBLIC_HALF, ".part"];

const bytesOf = (document: string) => new TextEncoder().encode(document);

/** The files of a wallet, by its place. */
const at = ({ folder = usualFolder(), name = USUAL_NAME }: WalletPlace) => filesOf(folder, name);

/**
 * Writes a new coldkey and its public half, which may be there already if it is this key's. A password is a must: a coldkey is
 * never written in the clear. Throws FILE_EXISTS, BAD_FILE, BAD_VALUE, and then nothing was written.
 */
export async function writeColdkey(place: WalletPlace, secret: Secret, password: string): Promise<void> {
  const files = at(place);
  checkPassword(password);
  await refuseFile(files.coldkey);
  const known = await quietly(() => coldkeypubOf(place));
  if (known?.account !== secret.signer.account) await refuseFile(files.coldkeypub);
  await writeNew(files.coldkey, await seal(bytesOf(secretDocument(secret)), password));
  if (known === undefined) await writeNew(files.coldkeypub, publicDocument(secret.signer));
}

/** Writes the public half of a coldkey that is kept elsewhere. */
export async function writeColdkeypub(place: WalletPlace, key: Pick<KeyFile, "account" | "address">): Promise<void> {
  await writeNew(at(place).coldkeypub, publicDocument(key));
}

/** Writes a new hotkey, encrypted or, as miners and validators that start by themselves need it, plain. */
export async function writeHotkey(
  place: WalletPlace,
  hotkey: string,
  secret: Secret,
  protection: Protection,
): Promise<void> {
  const document = bytesOf(secretDocument(secret));
  const path = hotkeyFile(at(place), hotkey);
  if (protection === "plain") return writeNew(path, document);
  checkPassword(protection.password);
  return writeNew(path, await seal(document, protection.password));
}

/**
 * A wallet anew: fresh coldkey, fresh hotkey. Returns both mnemonics, which nothing else keeps in the clear. Throws as `writeColdkey`
 * does, also where the hotkey is there, and then nothing was written.
 */
export async function createWallet(
  place: WalletPlace,
  { hotkey = USUAL_NAME, password, words }: { hotkey?: string; password: string; words?: number },
): Promise<{ readonly coldkey: Secret; readonly hotkey: Secret }> {
  const fresh = { coldkey: freshSecret(words), hotkey: freshSecret(words) };
  await refuseTaken(place, { hotkey });
  await writeColdkey(place, fresh.coldkey, password);
  await writeHotkey(place, hotkey, fresh.hotkey, "plain");
  return fresh;
}

/** Which keys are to be made: of a fresh coldkey the public half is new, too. */
export interface WantedKeys {
  readonly coldkey?: "fresh" | "again";
  readonly hotkey?: string;
}

/** Refuses where a key is there already, before anybody is asked for a password. Throws FILE_EXISTS. */
export async function refuseTaken(place: WalletPlace, which: WantedKeys): Promise<void> {
  const files = at(place);
  if (which.coldkey !== undefined) await refuseFile(files.coldkey);
  if (which.coldkey === "fresh") await refuseFile(files.coldkeypub);
  if (which.hotkey !== undefined) await refuseFile(hotkeyFile(files, which.hotkey));
}

/** Whose key an address is. Throws BAD_VALUE. */
export function keyOfAddress(address: string): Pick<KeyFile, "account" | "address"> {
  const account = toAccount("address", address);
  return { account, address: toAddress(account) };
}

/** The signer of a wallet's coldkey. Throws BAD_FILE, BAD_KEYFILE. */
export async function openColdkey(place: WalletPlace, password: AskPassword): Promise<Signer> {
  return openKey(at(place).coldkey, password);
}

/** The signer of a wallet's hotkey. Throws BAD_FILE, BAD_KEYFILE. */
export async function openHotkey(place: WalletPlace, hotkey: string, password: AskPassword): Promise<Signer> {
  return openKey(hotkeyFile(at(place), hotkey), password);
}

/** Whose coldkey it is, from `coldkeypub.txt` alone. Throws BAD_FILE, BAD_KEYFILE. */
export async function coldkeypubOf(place: WalletPlace): Promise<KeyFile> {
  return readKeyDocument(await readSmall(at(place).coldkeypub));
}

/** Whose hotkey it is. An encrypted one tells by the public half that newer wallets put beside it, or not at all. */
export async function hotkeyAddressOf(place: WalletPlace, hotkey: string): Promise<string | undefined> {
  const path = hotkeyFile(at(place), hotkey);
  const bytes = await readSmall(path);
  if (sealingOf(bytes) === "none") return readKeyDocument(bytes).address;
  return quietly(async () => readKeyDocument(await readSmall(path + PUBLIC_HALF)).address);
}

/** Every wallet below a folder, by name; none where there is no folder. What cannot be read has no address. */
export async function listWallets(folder: string = usualFolder()): Promise<readonly WalletEntry[]> {
  const names = await namesIn(folder);
  return Promise.all(
    names.map(async (name) => {
      const place = { folder, name };
      const hotkeys = await namesIn(at(place).hotkeys);
      return {
        name,
        address: await quietly(async () => (await coldkeypubOf(place)).address),
        hotkeys: await Promise.all(
          hotkeys.map(async (hotkey) => ({
            name: hotkey,
            address: await quietly(() => hotkeyAddressOf(place, hotkey)),
          })),
        ),
      };
    }),
  );
}

async function openKey(path: string, password: AskPassword): Promise<Signer> {
  const bytes = await readSmall(path);
  const sealing = sealingOf(bytes);
  if (sealing === "ansible" || sealing === "fernet") {
    throw new YumaError(
      "BAD_KEYFILE",
      `${path} is encrypted as early releases did (${sealing}); make it anew from its mnemonic.`,
      { reason: "sealing", sealing },
    );
  }
  const { signer } = readKeyDocument(sealing === "none" ? bytes : await unseal(bytes, await password()));
  if (signer === undefined) throw new YumaError("BAD_KEYFILE", `${path} holds no secret.`, { reason: "missing" });
  return signer;
}

/** An empty password would protect nothing. Throws BAD_VALUE. */
export function checkPassword(password: string): void {
  if (password === "") throw new YumaError("BAD_VALUE", "A password must not be empty.", { field: "password" });
}

async function namesIn(folder: string): Promise<string[]> {
  const all = (await quietly(() => readdir(folder))) ?? [];
  return all.filter((name) => isName(name) && !NO_KEYS.some((ending) => name.endsWith(ending))).sort();
}

function isName(name: string): boolean {
  try {
    return readName("name", name) === name;
  } catch {
    return false;
  }
}

async function quietly<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}
