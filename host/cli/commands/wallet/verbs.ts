/** The verbs that use keys without a network: list, sign, verify. */
import { YumaError } from "../../../errors.js";
import { verifySr25519 } from "../../../ledger/accounts/keys.js";
import { fromHex, toHex } from "../../../ledger/state/codecs.js";
import { usualFolder } from "../../../wallet/layout.js";
import { keyOfAddress, listWallets, openColdkey, openHotkey, type WalletEntry } from "../../../wallet/wallet.js";
import { document, EXIT, print } from "../../io.js";
import { asJson } from "../../options.js";
import { askSecret } from "../../prompt.js";
import { printable } from "../../render/table.js";
import { type KeyOptions, placeOf } from "./options.js";

/** `yuma wallet list`. */
export async function list(options: KeyOptions): Promise<number> {
  const folder = options.walletPath ?? usualFolder();
  const wallets = await listWallets(folder);
  if (asJson(options)) await print(document({ folder, wallets }));
  else await print(wallets.length === 0 ? `No wallets in ${folder}.` : wallets.map(drawn).join("\n"));
  return EXIT.ok;
}

const shownAddress = (address: string | undefined) => address ?? "(address unknown)";

function drawn({ name, address, hotkeys }: WalletEntry): string {
  const width = Math.max(...hotkeys.map((hotkey) => hotkey.name.length));
  const branches = hotkeys.map((hotkey, k) => {
    const twig = k === hotkeys.length - 1 ? "└─" : "├─";
    return `${twig} ${hotkey.name.padEnd(width)}  ${shownAddress(hotkey.address)}`;
  });
  return [`${name}  ${shownAddress(address)}`, ...branches].join("\n");
}

/** `yuma wallet sign`: the sr25519 signature of a text by the coldkey, or by the hotkey. */
export async function sign(
  options: KeyOptions & { readonly message: string; readonly useHotkey?: boolean },
): Promise<number> {
  const signer = options.useHotkey ? await hotkeySigner(options) : await coldkeySigner(options);
  const signature = toHex(signer.sign(new TextEncoder().encode(options.message)));
  await print(
    asJson(options) ? document({ address: signer.address, signature }) : `${signature}\nby ${signer.address}`,
  );
  return EXIT.ok;
}

/** `yuma wallet verify`: whether a signature of a text is an address's; exit code 1 if not. */
export async function verify(
  options: KeyOptions & { readonly message: string; readonly signature: string; readonly ss58Address: string },
): Promise<number> {
  const { account, address } = keyOfAddress(options.ss58Address);
  if (!/^0x[0-9a-f]{128}$/i.test(options.signature)) {
    const text = `--signature takes 0x and 128 hex digits, not "${printable(options.signature, 40)}".`;
    throw new YumaError("USAGE", text, { signature: options.signature.slice(0, 200) });
  }
  const message = new TextEncoder().encode(options.message);
  const valid = await verifySr25519(message, fromHex(options.signature), account);
  const sentence = `The signature is ${valid ? "" : "not "}that of ${address}.`;
  await print(asJson(options) ? document({ address, valid }) : sentence);
  return valid ? EXIT.ok : EXIT.mismatch;
}

/** The coldkey's signer; its password is asked for. */
export const coldkeySigner = (options: KeyOptions) =>
  openColdkey(placeOf(options), () => askSecret(`Password of the coldkey of ${options.walletName}`));

/** The hotkey's signer; its password is asked for if it has one. */
export const hotkeySigner = (options: KeyOptions) =>
  openHotkey(placeOf(options), options.hotkey, () => askSecret(`Password of the hotkey ${options.hotkey}`));
