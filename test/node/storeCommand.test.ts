/** `yuma ledger export|import|check` where the folder is none, and folders that cannot be made. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createLedger, openStore } from "../../host/ledger/index.js";
import { devGenesis } from "../../host/node/dev.js";
import { freshSecret, writeHotkey } from "../../host/wallet/index.js";
import { requireBuild, yuma } from "../support/command.js";
import { rejectionOf } from "../support/refusal.js";

requireBuild();
const folder = mkdtempSync(join(tmpdir(), "yuma-store-command-"));
const file = join(folder, "file");
const copy = join(folder, "net.jsonl");
writeFileSync(file, "not a folder");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("a file where a folder should be is refused as no folder, by every verb, and left as it is", async () => {
  const store = openStore(join(folder, "deep", "net"));
  await createLedger({ store, genesis: devGenesis() });
  await store.close();
  expect(yuma(["ledger", "export", "--data", join(folder, "deep", "net"), "--out", copy]).code).toBe(0);
  for (const data of [file, join(file, "below")]) {
    for (const words of [["check"], ["export", "--out", `${copy}.again`], ["import", copy]]) {
      const { code, out, err } = yuma(["ledger", ...words, "--data", data]);
      expect({ code, out, err }).toEqual({
        code: 2,
        out: "",
        err: `yuma: The store in ${data} cannot be opened: it is no folder.\n`,
      });
    }
  }
  const out = join(file, "copy.jsonl");
  const unwritable = yuma(["ledger", "export", "--data", join(folder, "deep", "net"), "--out", out]);
  expect(unwritable).toMatchObject({ code: 2, err: expect.stringContaining(`${out} cannot be written`) });
  expect(readFileSync(file, "utf8")).toBe("not a folder");
  expect(readdirSync(folder).sort()).toEqual(["deep", "file", "net.jsonl"]);
});

it("an empty file is no export, and says so", () => {
  const data = join(folder, "empty");
  const { code, err } = yuma(["ledger", "import", "-", "--data", data], "");
  expect({ code, err }).toEqual({ code: 2, err: "yuma: The export is empty.\n" });
  expect(readdirSync(folder)).not.toContain("empty");
});

it("a folder that nothing can be made in is refused, where mkdir's own recursion never ends", async () => {
  const nowhere = "/proc/yuma/net";
  expect(await rejectionOf(openStore(nowhere).open())).toMatchObject({ code: "BAD_STORE" });
  const place = { folder: nowhere, name: "me" };
  expect(await rejectionOf(writeHotkey(place, "default", freshSecret(), "plain"))).toMatchObject({ code: "BAD_FILE" });
});
