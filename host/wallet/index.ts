/** `yuma-kernel/wallet`: keys in the files the ecosystem keeps them in. For Node. */
export { YumaError, type YumaErrorCode } from "../errors.js";
export { type Signer, signerOf } from "../ledger/accounts/keys.js";
export { freshSecret, type KeyFile, readKeyDocument, type Secret, secretOf } from "./keyfile.js";
export { usualFolder } from "./layout.js";
export {
  type AskPassword,
  coldkeypubOf,
  createWallet,
  hotkeyAddressOf,
  listWallets,
  openColdkey,
  openHotkey,
  type Protection,
  type WalletEntry,
  type WalletPlace,
  writeColdkey,
  writeColdkeypub,
  writeHotkey,
} from "./wallet.js";
