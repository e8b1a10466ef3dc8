/** yuma-kernel/ledger in a page: the same, with IndexedDB as its store. */
export * from "./public.js";
export { openStore } from "./store/browser.js";
