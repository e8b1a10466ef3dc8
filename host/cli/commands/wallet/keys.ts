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
  await refuseTaken(placeOf(options), { coldkey: "fresh", hotkey: options.hotkey });
  const password = await askNewPassword(`the coldkey of ${options.walletName}`);
  const protection = await protectionOf(options);
  const made: readonly Made[] = [
    { kind: "coldkey", name: options.walletName, secret: coldkey, fresh: true },
    { kind: "hotkey", name: options.hotkey, secret: hotkey, fresh: true },
  ];
  return keep(options, made, async () => {
    await writeColdkey(placeOf(options), coldkey, password);
    await writeHotkey(placeOf(options), options.hotkey, hotkey, protection);
  });
}

/** `yuma wallet new-coldkey`. */
export const newColdkey = (options: NewKeyOptions) => keepColdkey(options, "fresh", () => freshOf(options));

/** `yuma wallet new-hotkey`. */
export const newHotkey = (options: NewKeyOptions) => keepHotkey(options, () => freshOf(options));

/** `yuma wallet regen-coldkey`. */
export const regenColdkey = (options: NewKeyOptions) => keepColdkey(options, "again", askForSecret);

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

const freshOf = async ({ nWords }: NewKeyOptions) => ({ secret: freshSecret(nWords), fresh: true });

const askForSecret: Source = async () => ({
  secret: secretOf(await askSecret("Mnemonic, or 0x and the seed")),
  fresh: false,
});

async function keepColdkey(options: NewKeyOptions, coldkey: "fresh" | "again", source: Source): Promise<number> {
  await refuseTaken(placeOf(options), { coldkey });
  const made = await source();
  const password = await askNewPassword(`the coldkey of ${options.walletName}`);
  return keep(options, [{ kind: "coldkey", name: options.walletName, ...made }], () =>
    writeColdkey(placeOf(options), made.secret, password),
  );
}

async function keepHotkey(options: NewKeyOptions, source: Source): Promise<number> {
  await refuseTaken(placeOf(options), { hotkey: options.hotkey });
  const made = await source();
  const protection = await protectionOf(options);
  return keep(options, [{ kind: "hotkey", name: options.hotkey, ...made }], () =>
    writeHotkey(placeOf(options), options.hotkey, made.secret, protection),
  );
}

/** Keeps what was made. Words are told first, so that no key is ever kept whose words nobody could read. */
async function keep(options: NewKeyOptions, made: readonly Made[], write: () => Promise<void>): Promise<number> {
  const isFresh = made.some(({ fresh }) => fresh);
  if (isFresh) await tell(options, made);
  try {
    await write();
  } catch (error) {
    if (isFresh) process.stderr.write("Not every key that was told is kept.\n");
    throw error;
  }
  if (!isFresh) await tell(options, made);
  return EXIT.ok;
}

async function protectionOf({ hotkey, plainHotkey }: NewKeyOptions): Promise<Protection> {
  return plainHotkey ? "plain" : { password: await askNewPassword(`the hotkey ${hotkey}`) };
}

/** Tells of keys, and of fresh ones the words; done once they are written. */
async function tell(options: NewKeyOptions, made: readonly Made[]): Promise<void> {
  const keys = made.map(({ kind, name, secret, fresh }) => ({
    kind,
    name,
    address: secret.signer.address,
    ...(fresh ? { mnemonic: secret.phrase } : {}),
  }));
  const text = asJson(options) ? document({ wallet: options.walletName, keys }) : textOf(keys);
  await written(text);
  if (!asJson(options) && keys.some(({ mnemonic }) => mnemonic !== undefined)) {
    process.stderr.write(
      "Write the words down and keep them apart: whoever has them has the key, and nothing else brings it back.\n",
    );
  }
}

type Told = Pick<Made, "kind" | "name"> & { readonly address: string; readonly mnemonic?: string | undefined };

function textOf(keys: readonly Told[]): string {
  const width = Math.max(...keys.map(({ name }) => name.length));
  const lines = keys.flatMap(({ kind, name, address, mnemonic }) => [
    `${kind.padEnd(7)}  ${name.padEnd(width)}  ${address}`,
    ...(mnemonic === undefined ? [] : [`         ${mnemonic}`]),
  ]);
  return lines.join("\n");
}

/** Prints, and does not go on unless all of it went out. */
function written(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(`${text}\n`, (error) => (error ? reject(error) : resolve()));
  });
}
