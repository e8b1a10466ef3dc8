/** What makes a network one for development: accounts whose keys everybody knows, and a faucet that pays out of one of them. */
import { type Signer, signerOf } from "../ledger/accounts/keys.js";
import type { Genesis } from "../ledger/genesis.js";
import { ROOT_NETUID } from "../ledger/rules/subnetChecks.js";
import { toHex } from "../ledger/state/codecs.js";
import { entryKey } from "../ledger/state/item.js";
import { SubtokenEnabled } from "../ledger/state/subnets.js";

const TAO = 1_000_000_000n;
const EACH_RAO = 100_000n * TAO;
const FAUCET_RAO = 1_000_000n * TAO;

/** A day as governance counts it: nobody wants to wait for 7,200 blocks. */
const GOVERNANCE_DAY_BLOCKS = 20;

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

/** The genesis of a devnet for which none is given: 100,000 TAO each, a million for the faucet; //Alice is root; a day of governance has 20 blocks. */
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
    // As on the chain, where the root's stake is open since its migration.
    entries: { [toHex(entryKey(SubtokenEnabled, [ROOT_NETUID]))]: toHex(SubtokenEnabled.value.enc(true)) },
    parameters: { "Governance.DayBlocks": GOVERNANCE_DAY_BLOCKS },
  };
}
