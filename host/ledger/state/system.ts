/** Storage of the frame itself: the block, the hashes of past blocks, nonces, the root key. */

import { account, blockNumber, hash, nonce } from "./codecs.js";
import { item, optionalItem } from "./item.js";

/** The block under way, or the last one. 0 is the genesis. */
export const BlockNumber = item("System.Number", [], blockNumber, 0);

/** Digests of past blocks: the genesis and the last 2400. */
export const BlockHash = optionalItem("System.BlockHash", [blockNumber], hash);

/**
 * Calls an account has had included: what its next call must carry. On the chain this lies in System.Account and is lost
 * with the account; here it outlives it, so that no call is ever included twice.
 */
export const Nonce = item("System.Nonce", [account], nonce, 0);

/** The account whose `sudo` calls have root's origin; absent, nobody has it. */
export const RootKey = optionalItem("Sudo.Key", [], account);

/** Whom the fees of swaps are paid to; absent, they are burned. */
export const BlockAuthor = optionalItem("Authorship.Author", [], account);

/** Every item of this area. */
export const SYSTEM_ITEMS = [BlockNumber, BlockHash, Nonce, RootKey, BlockAuthor];
