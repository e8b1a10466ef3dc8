/** What others rely on, held by snapshots: the ABI, the exports, the sizes, the very bytes. `npx vitest -u` renews them. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";
import * as contract from "../../assembly/contract.js";
import * as emission from "../../assembly/emission/contract.js";
import * as fixed from "../../assembly/fixed/contract.js";
import * as linear from "../../assembly/linear/contract.js";
import * as pool from "../../assembly/pool/contract.js";
import * as chain from "../../host/chain/index.js";
import * as client from "../../host/client/index.js";
import * as entry from "../../host/index.js";
import * as ledgerInPages from "../../host/ledger/browser.js";
import * as ledger from "../../host/ledger/index.js";
import * as node from "../../host/node/index.js";
import * as slim from "../../host/slim.js";
import * as timelock from "../../host/timelock/index.js";
import * as wallet from "../../host/wallet/index.js";
import * as workerInPages from "../../host/worker/index.js";
import * as worker from "../../host/worker/node.js";
import { header } from "./header.js";
import { ROOT } from "./source.js";

const MOST_GZIPPED_BYTES = 65_536;

/** What both sides of the boundary agree on, file by file. */
const CONTRACTS = {
  "assembly/contract.ts": contract,
  "assembly/fixed/contract.ts": fixed,
  "assembly/linear/contract.ts": linear,
  "assembly/pool/contract.ts": pool,
  "assembly/emission/contract.ts": emission,
};

const ARTEFACTS = ["kernel.wasm", "kernel.scalar.wasm", "kernel.wasi.wasm", "selfTest.wasm"];

const built = (artefact: string) => readFileSync(`${ROOT}build/${artefact}`);

it("the kernels import nothing, the command three system calls", () => {
  const imports = (artefact: string) =>
    WebAssembly.Module.imports(new WebAssembly.Module(built(artefact))).map(({ module, name }) => `${module}.${name}`);
  for (const artefact of ["kernel.wasm", "kernel.scalar.wasm", "selfTest.wasm"]) expect(imports(artefact)).toEqual([]);
  expect(imports("kernel.wasi.wasm").sort()).toEqual([
    "wasi_snapshot_preview1.fd_read",
    "wasi_snapshot_preview1.fd_write",
    "wasi_snapshot_preview1.proc_exit",
  ]);
});

it("the scalar kernel has the kernel's ABI", () => {
  expect(readFileSync(`${ROOT}build/kernel.scalar.d.ts`, "utf8")).toBe(
    readFileSync(`${ROOT}build/kernel.d.ts`, "utf8"),
  );
});

it("the ABI is the one written down", async () => {
  await expect(readFileSync(`${ROOT}build/kernel.d.ts`, "utf8")).toMatchFileSnapshot("./surface/abi.d.ts.txt");
  const numbers = Object.values(CONTRACTS)
    .flatMap(Object.entries)
    .map(([name, value]) => `${name} = ${value}\n`);
  await expect(numbers.sort().join("")).toMatchFileSnapshot("./surface/contract.txt");
});

it("the C header says what the contract says", async () => {
  const text = header(
    Object.keys(CONTRACTS).map((path) => readFileSync(`${ROOT}${path}`, "utf8")),
    readFileSync(`${ROOT}build/kernel.d.ts`, "utf8"),
  );
  await expect(text).toMatchFileSnapshot("../../assembly/embed/yuma.h");
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(built("kernel.wasm")));
  for (const name of [
    ...Object.keys(exports),
    ...Object.values(CONTRACTS)
      .flatMap(Object.keys)
      .map((number) => `YUMA_${number}`),
  ]) {
    expect(text).toMatch(new RegExp(`\\b${name}\\b`));
  }
});

it("the package exports what is written down", async () => {
  const names = (module: object) => Object.keys(module).sort().join("\n");
  const entries = {
    "yuma-kernel": entry,
    "yuma-kernel/slim": slim,
    "yuma-kernel/worker": worker,
    "yuma-kernel/ledger": ledger,
    "yuma-kernel/chain": chain,
    "yuma-kernel/client": client,
    "yuma-kernel/node": node,
    "yuma-kernel/timelock": timelock,
    "yuma-kernel/wallet": wallet,
  };
  const text = Object.entries(entries).map(([name, module]) => `${name}\n\n${names(module)}\n`);
  await expect(text.join("\n")).toMatchFileSnapshot("./surface/exports.txt");
  expect(names(workerInPages)).toBe(names(worker));
  // Pages have no worker threads.
  const { signatureWorkers: _, ...elsewhere } = ledger;
  expect(names(ledgerInPages)).toBe(names(elsewhere));
});

it("the artefacts are the ones written down, and small", async () => {
  const line = (artefact: string) => {
    const wasm = built(artefact);
    const gzipped = gzipSync(wasm, { level: 9 }).length;
    expect(gzipped).toBeLessThan(MOST_GZIPPED_BYTES);
    const sha256 = createHash("sha256").update(wasm).digest("hex");
    return `${artefact}\n  bytes  ${wasm.length}\n  gzip   ${gzipped}\n  sha256 ${sha256}\n`;
  };
  await expect(ARTEFACTS.map(line).join("")).toMatchFileSnapshot("./surface/kernel.txt");
});
