/** What makes a network one for development: accounts whose keys everybody knows, and a faucet that pays out of one of them. */
import { type Signer, signerOf } from "../ledger/accounts/keys.js";
import type { Genesis } from "../ledger/genesis.js";

const TAO = 1_000_000_000n;
const EACH_RAO = 100_000n * TAO;
const FAUCET_RAO = 1_000_000n * TAO;

/** The development accounts, and the secrets all the world knows. */
export const DEV_SECRETS = ["//Alice", "//Bob", "//Charlie", "//Dave", "//Eve", "//Ferdie"] as const;

/** The secret of the account the faucet pays from. */
export const FAUCET_SECRET = "//Faucet";

/** Keys are made once: from a phrase that takes thousands of hashes. */
const signers = new Map<string, Signer>();

/** The key of one of these accounts. */
export function devSigner(secret: string): Signer {
  const signer = signers.get(secret) ?? signerOf(secret);
  signers.set(secret, signer);
  return signer;
}

/** The genesis of a devnet for which none is given: 100,000 TAO each, a million for the faucet; //Alice is root. */
export function devGenesis(): Genesis {
  const accounts = DEV_SECRETS.map((secret) => devSigner(secret).address);
  return {
    schemaVersion: 1,
    name: "devnet",
    balancesRao: {
      ...Object.fromEntries(accounts.map((address) => [address, EACH_RAO])),
      [devSigner(FAUCET_SECRET).address]: FAUCET_RAO,
    },
    rootKey: accounts[0],
  };
}
