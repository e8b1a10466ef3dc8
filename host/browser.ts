/** Everything a page may want, `yuma-kernel` and `yuma-kernel/worker`, as one file: the build bundles it into dist/browser. */
export * from "./index.js";
export * from "./worker/index.js";
