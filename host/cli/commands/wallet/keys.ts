/** The verbs that make keys: fresh, or again from their mnemonic or seed, and public halves. */
import { freshSecret, type Secret, secretOf } from "../../../wallet/keyfile.js";
import {
  keyOfAddress,
  type Protection,
  refuseTaken,
  writeColdkey,
  writeColdkeypub,
  writeHotkey,
} from "../../../wallet/wallet.js";
import { document, EXIT, print } from "../../io.js";
import { asJson } from "../../options.js";
import { askNewPassword, askSecret } from "../../prompt.js";
import { type KeyOptions, placeOf } from "./options.js";

/** Options of the verbs that make keys. */
export interface NewKeyOptions extends KeyOptions {
  readonly nWords: number;
  readonly plainHotkey?: boolean;
}

/** What is told of a key that was made. */
interface Made {
  readonly kind: "coldkey" | "hotkey";
  readonly name: string;
  readonly secret: Secret;
  /** Whether its mnemonic has to be told, because nothing else holds it. */
  readonly fresh: boolean;
}

/** `yuma wallet create`: a fresh coldkey and a fresh hotkey. */
export async function create(options: NewKeyOptions): Promise<number> {
  const coldkey = freshSecret(options.nWords);
  const hotkey = freshSecret(options.nWords);
  await refuseTaken(placeOf(options), { coldkey: true, hotkey: options.hotkey });
  const password = await askNewPassword(`the coldkey of ${options.walletName}`);
  const protection = await protectionOf(options);
  await writeColdkey(placeOf(options), coldkey, password);
  await writeHotkey(placeOf(options), options.hotkey, hotkey, protection);
  return tell(options, [
    { kind: "coldkey", name: options.walletName, secret: coldkey, fresh: true },
    { kind: "hotkey", name: options.hotkey, secret: hotkey, fresh: true },
  ]);
}

/** `yuma wallet new-coldkey`. */
export const newColdkey = (options: NewKeyOptions) =>
  keepColdkey(options, async () => ({ secret: freshSecret(options.nWords), fresh: true }));

/** `yuma wallet new-hotkey`. */
export const newHotkey = (options: NewKeyOptions) =>
  keepHotkey(options, async () => ({ secret: freshSecret(options.nWords), fresh: true }));

/** `yuma wallet regen-coldkey`. */
export const regenColdkey = (options: NewKeyOptions) => keepColdkey(options, askForSecret);

/** `yuma wallet regen-hotkey`. */
export const regenHotkey = (options: NewKeyOptions) => keepHotkey(options, askForSecret);

/** `yuma wallet regen-coldkeypub`: the public half alone, of a coldkey that is kept elsewhere. */
export async function regenColdkeypub(options: KeyOptions & { readonly ss58Address: string }): Promise<number> {
  const key = keyOfAddress(options.ss58Address);
  await writeColdkeypub(placeOf(options), key);
  const { address } = key;
  await print(
    asJson(options) ? document({ coldkeypub: { wallet: options.walletName, address } }) : `coldkey ${address}`,
  );
  return EXIT.ok;
}

type Source = () => Promise<Pick<Made, "secret" | "fresh">>;

const askForSecret: Source = async () => ({
  secret: secretOf(await askSecret("Mnemonic, or 0x and the seed")),
  fresh: false,
});

async function keepColdkey(options: NewKeyOptions, source: Source): Promise<number> {
  await refuseTaken(placeOf(options), { coldkey: true });
  const made = await source();
  await writeColdkey(placeOf(options), made.secret, await askNewPassword(`the coldkey of ${options.walletName}`));
  return tell(options, [{ kind: "coldkey", name: options.walletName, ...made }]);
}

async function keepHotkey(options: NewKeyOptions, source: Source): Promise<number> {
  await refuseTaken(placeOf(options), { hotkey: options.hotkey });
  const made = await source();
  await writeHotkey(placeOf(options), options.hotkey, made.secret, await protectionOf(options));
  return tell(options, [{ kind: "hotkey", name: options.hotkey, ...made }]);
}

async function protectionOf({ hotkey, plainHotkey }: NewKeyOptions): Promise<Protection> {
  return plainHotkey ? "plain" : { password: await askNewPassword(`the hotkey ${hotkey}`) };
}

async function tell(options: NewKeyOptions, made: readonly Made[]): Promise<number> {
  const keys = made.map(({ kind, name, secret, fresh }) => ({
    kind,
    name,
    address: secret.signer.address,
    ...(fresh ? { mnemonic: secret.phrase } : {}),
  }));
  if (asJson(options)) {
    await print(document({ wallet: options.walletName, keys }));
    return EXIT.ok;
  }
  const width = Math.max(...keys.map(({ name }) => name.length));
  for (const { kind, name, address, mnemonic } of keys) {
    await print(`${kind.padEnd(7)}  ${name.padEnd(width)}  ${address}`);
    if (mnemonic !== undefined) await print(`         ${mnemonic}`);
  }
  if (keys.some(({ mnemonic }) => mnemonic !== undefined)) {
    process.stderr.write(
      "Write the words down and keep them apart: whoever has them has the key, and nothing else brings it back.\n",
    );
  }
  return EXIT.ok;
}
