/** Stores of earlier releases, and of later ones: the first are opened, go on, and are backed up and restored; the others refused. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import {
  calls,
  createLedger,
  type Database,
  exportStore,
  importStore,
  type Ledger,
  memoryStore,
  openStore,
  replayStore,
  signerOf,
} from "../../host/ledger/index.js";
import { ENCODING, STORE_VERSION } from "../../host/ledger/store/store.js";
import { requireBuild, yuma } from "../support/command.js";
import { rejectionOf } from "../support/refusal.js";

beforeAll(requireBuild);

const STORES = fileURLToPath(new URL("stores/", import.meta.url));
const HEAD = Uint8Array.of(0x68);
const [alice, bob] = [signerOf("//Alice"), signerOf("//Bob")] as const;
const trust = () => true;

/** The stores there are; what their own release said of them is in their README. */
const EARLIER = readdirSync(STORES).filter((name) => name !== "README.md");
const told = (name: string) => {
  const line = readFileSync(join(STORES, "README.md"), "utf8")
    .split("\n")
    .find((one) => one.startsWith(`| ${name} `));
  const [, , height, digest, status] = (line ?? "").split("|").map((cell) => cell.trim());
  return { height: Number(height), digest, status };
};

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "upgrade-"));
  onTestFinished(() => rmSync(made, { recursive: true }));
  return made;
}

/** A copy to work on: opening is not leaving alone. */
function copyOf(name: string): string {
  const copy = join(folder(), "data");
  cpSync(join(STORES, name), copy, { recursive: true });
  return copy;
}

async function linesOf(store: Database): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of exportStore(store)) lines.push(line);
  return lines;
}

const payment = (ledger: Ledger) =>
  ledger.sign(alice, calls.balances.transferKeepAlive({ to: bob.address, amountRao: 7n }));

/** Some blocks, the first with a payment, through the next epoch. */
async function goOn(ledger: Ledger, signed: Uint8Array): Promise<string> {
  await ledger.submit(signed);
  for (let k = 0; k < 15; k++) await ledger.produceBlock();
  return ledger.digest;
}

it("there is a store of an earlier release", () => {
  expect(EARLIER).not.toEqual([]);
});

describe.each(EARLIER)("a store of %s", (name) => {
  it("is opened where its own release left it, proved by replay, and goes on", async () => {
    const { height, digest, status } = told(name);
    const store = openStore(copyOf(name));
    const ledger = await createLedger({ store });
    expect([ledger.height, ledger.digest]).toEqual([height, digest]);
    expect(ledger.governance.proposals().map((one) => one.status)).toEqual([status]);
    // If this fails, a block does something else than it did: say in the changelog from which release on.
    expect(await replayStore(store, trust)).toBe(height);
    const epochs = ledger.subnets()[0]?.epochs as bigint;
    await goOn(ledger, payment(ledger));
    expect(ledger.subnets()[0]?.epochs).toBeGreaterThan(epochs);
    expect(ledger.governance.proposals().map((one) => one.status)).toEqual(["enacted"]);
    const last = [ledger.height, ledger.digest];
    await ledger.close();
    const again = await createLedger({ store });
    expect([again.height, again.digest]).toEqual(last);
    await again.rewind(height);
    expect(again.digest).toBe(digest);
    await again.close();
  });

  it("is backed up and restored, and both go on alike", async () => {
    const store = openStore(copyOf(name));
    await store.open();
    const copy = memoryStore();
    await importStore(copy, await linesOf(store));
    const both = [await createLedger({ store }), await createLedger({ store: copy })] as const;
    expect(both[1].digest).toBe(told(name).digest);
    const signed = payment(both[0]);
    expect(await goOn(both[1], signed)).toBe(await goOn(both[0], signed));
    await both[0].close();
  });

  it("is checked, exported and imported by the command, whole or not at all", async () => {
    const data = copyOf(name);
    const { height, digest } = told(name);
    const place = folder();
    const [file, restored] = [join(place, "backup.jsonl.gz"), join(place, "restored")];
    const json = (...args: string[]) => JSON.parse(yuma(["ledger", ...args, "--json"]).out);
    expect(json("check", "--data", data, "--replay")).toMatchObject({ height, digest, replayed: true });
    expect(json("export", "--data", data, "--out", file)).toMatchObject({ height, digest });
    expect(json("import", file, "--data", restored)).toMatchObject({ height, digest });
    expect(json("check", "--data", restored)).toMatchObject({ height, digest });
    expect(readdirSync(place).sort()).toEqual(["backup.jsonl.gz", "restored"]);

    const refused = (code: string, ...args: string[]) => {
      const run = yuma(["ledger", ...args, "--json"]);
      expect([args[0], run.code, JSON.parse(run.out).error.code]).toEqual([args[0], 2, code]);
    };
    refused("FILE_EXISTS", "export", "--data", data, "--out", file);
    refused("FILE_EXISTS", "import", file, "--data", restored);
    refused("BAD_FILE", "export", "--data", join(place, "nothing"), "--out", join(place, "x"));
    refused("BAD_FILE", "import", join(place, "nothing"), "--data", join(place, "x"));
    const half = join(place, "half.jsonl");
    const { out } = yuma(["ledger", "export", "--data", data, "--out", "-"]);
    writeFileSync(half, out.split("\n").slice(0, -2).join("\n"));
    refused("BAD_STORE", "import", half, "--data", join(place, "x"));
    expect(existsSync(join(place, "x"))).toBe(false);
    expect(readdirSync(place).sort()).toEqual(["backup.jsonl.gz", "half.jsonl", "restored"]);
    // Who has the store open keeps it.
    const store = openStore(restored);
    await store.open();
    refused("BAD_STORE", "check", "--data", restored);
    await store.close();
  });
});

describe("a store of a later release", () => {
  /** A store whose head says it is of another version. */
  async function versioned(version: number, more = 0): Promise<Database> {
    const store = memoryStore();
    const genesis = { schemaVersion: 1, name: "later", balancesRao: { [alice.address]: 1_000_000n } } as const;
    await createLedger({ store, genesis });
    const head = (await store.get(HEAD, ENCODING)) as Uint8Array;
    expect([...head]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, STORE_VERSION, 0, 0, 0]);
    const value = new Uint8Array(head.length + more);
    value.set(head);
    value[8] = version;
    await store.batch([{ type: "put", key: HEAD, value }], ENCODING);
    return store;
  }

  it.each([2, 200])("is refused, version %d and those known named", async (version) => {
    for (const more of [0, 9]) {
      const failure = await rejectionOf(createLedger({ store: await versioned(version, more) }));
      expect(failure).toMatchObject({
        code: "BAD_STORE",
        message: `The store is of version ${version}; this release reads versions 0 and 1.`,
        details: { reason: "version", version, known: [0, 1] },
      });
    }
    const lines = await linesOf(await versioned(version));
    expect((await rejectionOf(importStore(memoryStore(), lines))).details).toMatchObject({ version });
  });

  it("is refused as an export of a later format, which is named", async () => {
    const lines = ['{"format":"yuma-ledger-export/2"}', ...(await linesOf(await versioned(1))).slice(1)];
    expect(await rejectionOf(importStore(memoryStore(), lines))).toMatchObject({
      code: "BAD_STORE",
      message: 'The export is of format "yuma-ledger-export/2"; this release reads yuma-ledger-export/1.',
    });
  });

  it("by the command, with 2", async () => {
    const place = folder();
    const file = join(place, "later.jsonl");
    writeFileSync(file, (await linesOf(await versioned(3))).join("\n"));
    expect(yuma(["ledger", "import", file, "--data", join(place, "data")])).toEqual({
      code: 2,
      out: "",
      err: "yuma: The store is of version 3; this release reads versions 0 and 1.\n",
    });
    expect(readdirSync(place)).toEqual(["later.jsonl"]);
  });
});
