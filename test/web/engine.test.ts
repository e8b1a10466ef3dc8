/** What the page opens and refuses, without a browser. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { encodeBundle } from "../../host/chain/verify/bundle.js";
import { verifyEpoch } from "../../host/chain/verify/verify.js";
import { toJson } from "../../host/json.js";
import { encodeSnapshot } from "../../host/marshal/binarySnapshot.js";
import type { EpochResult, EpochSnapshot, MechanismsSnapshot } from "../../host/types.js";
import { bytesOf } from "../../host/web/engine/bytes.js";
import { createEngine, type Engine } from "../../host/web/engine/engine.js";
import type { GivenDocument as Given } from "../../host/web/engine/types.js";
import { clientOf, NETUID, nodeOf, type Published, publishedEpochs } from "../support/chain/epochs.js";
import { rejectionOf } from "../support/refusal.js";
import { records } from "../support/vectors.js";

const cases = records<EpochSnapshot>("epoch-small.cases.jsonl.gz");
const results = records<EpochResult>("epoch-small.results.jsonl.gz");
const input = cases[0] as EpochSnapshot;
const recorded = results[0] as EpochResult;

const file = (content: unknown, name = "file.json"): Given => {
  const bytes = typeof content === "string" || content instanceof Uint8Array ? content : toJson(content);
  return { kind: "file", name, file: new Blob([bytes as BlobPart]) };
};
const openOne = (content: unknown, engine: Engine = createEngine()) => engine.open(file(content));

describe("opening", () => {
  it("agrees with everything the reference recorded, whole and in parts", async () => {
    for (let k = 0; k < cases.length; k += 100) {
      const opened = await openOne({ ...cases[k], recorded: results[k] });
      expect(opened.verdict, input.name ?? String(k)).toBe("agrees");
      expect(opened.counts).toEqual({ equal: 18 * opened.n, differs: 0, excluded: 0 });
      const part = await openOne({ ...cases[k], recorded: { incentive: results[k]?.incentive, bonds: null } });
      expect(part.counts).toEqual({ equal: opened.n, differs: 0, excluded: 0 });
    }
  });

  it("finds each output that is off by the least, and names it", async () => {
    const off = (value: unknown): unknown => {
      if (typeof value === "boolean") return !value;
      if (Array.isArray(value)) return [...value, [60_000, 1]];
      return typeof value === "number" ? value ^ 1 : String(BigInt(value as string) ^ 1n);
    };
    const { name: _, ...outputs } = recorded;
    for (const [field, values] of Object.entries(outputs)) {
      const spoilt = (values as unknown[]).map((value, uid) => (uid === 0 ? off(value) : value));
      const opened = await openOne({ ...input, recorded: { ...recorded, [field]: spoilt } });
      expect(opened.verdict, field).toBe("differs");
      const wrong = opened.fields.filter(({ findings }) => findings.length > 0);
      expect(wrong.map((report) => [report.field, report.findings.length, report.findings[0]?.uid])).toEqual([
        [field, 1, 0],
      ]);
    }
  });

  it("takes gzip, the binary form, and outputs that come later", async () => {
    const engine = createEngine();
    expect((await engine.open(file(gzipSync(toJson(input)), "a.json.gz"))).verdict).toBe("unrecorded");
    expect((await engine.open(file(encodeSnapshot(input), "a.bin"))).verdict).toBe("unrecorded");
    expect((await engine.open(file(recorded))).verdict).toBe("agrees");
  });

  it("takes a subnet of several mechanisms", async () => {
    const subnet = records<MechanismsSnapshot>("mechanisms.cases.jsonl.gz").find((one) => one.mechanismCount > 1);
    const opened = await openOne(subnet);
    expect(opened).toMatchObject({ mechanisms: subnet?.mechanismCount, verdict: "unrecorded" });
  });

  it("verifies a bundle, and finds what was changed in it", async () => {
    const [one, result] = publishedEpochs("epoch-small").find(([epoch]) => epoch.n === 8) as Published;
    const { evidence } = await verifyEpoch(clientOf(nodeOf(one, result)), NETUID);
    const good = await openOne(encodeBundle(evidence));
    expect(good).toMatchObject({ kind: "bundle", verdict: "agrees" });
    expect(good.numbers.consensus).toEqual(result.consensus);
    const consensus = result.consensus.map((value, uid) => (uid === 5 ? value ^ 1 : value));
    const { evidence: other } = await verifyEpoch(clientOf(nodeOf(one, { ...result, consensus })), NETUID);
    const bad = await openOne(encodeBundle(other));
    expect(bad).toMatchObject({ verdict: "differs", counts: { differs: 1 } });
  });
});

describe("refusing", () => {
  it("names the field and keeps what was open", async () => {
    const engine = createEngine();
    await engine.open(file(input));
    const bad: [unknown, string, unknown][] = [
      ["", "BAD_JSON", undefined],
      ["[]", "BAD_VALUE", "file.json"],
      [{ ...input, kappa: -1 }, "BAD_VALUE", "kappa"],
      [{ ...input, stakeThreshold: "-1" }, "BAD_VALUE", "stakeThreshold"],
      [{ ...input, recorded: [] }, "BAD_VALUE", "recorded"],
      [{ ...input, recorded: {} }, "MISSING_FIELD", "recorded"],
      [{ ...input, recorded: { incentive: [] } }, "BAD_LENGTH", "recorded.incentive"],
      [
        { ...input, recorded: { ...recorded, emission: recorded.emission.map(() => -1) } },
        "BAD_VALUE",
        "recorded.emission[0]",
      ],
      [{ incentive: [1] }, "BAD_LENGTH", "incentive"],
      [{ format: "yuma-bundle", version: 2 }, "BAD_BUNDLE", "version"],
      [{ format: "other" }, "BAD_BUNDLE", "format"],
    ];
    for (const [content, code, field] of bad) {
      const error = await rejectionOf(engine.open(file(content)));
      expect([error.code, error.details.field], toJson(content).slice(0, 80)).toEqual([code, field]);
    }
    expect((await engine.open(file(recorded))).verdict).toBe("agrees");
  });

  it("outputs without inputs, where nothing is open", async () => {
    expect(await rejectionOf(openOne(recorded))).toMatchObject({ code: "MISSING_FIELD" });
  });

  it("damaged gzip, and gzip that unpacks to more than is read", async () => {
    const packed = gzipSync(toJson(input));
    expect(await rejectionOf(openOne(packed.subarray(0, 200)))).toMatchObject({ code: "BAD_FILE" });
    const error = await rejectionOf(bytesOf(file(gzipSync(new Uint8Array(5_000))), 4_000));
    expect(error).toMatchObject({ code: "TOO_LARGE" });
  });

  it("a file above the limit, of which not a byte is read", async () => {
    const large = { size: 100_000_001, arrayBuffer: () => expect.unreachable() } as unknown as Blob;
    const error = await rejectionOf(createEngine().open({ kind: "file", name: "large.json", file: large }));
    expect(error).toMatchObject({ code: "TOO_LARGE", details: { bytes: 100_000_001 } });
  });

  it("what a server refuses, announces too large, or sends without end", async () => {
    const server = createServer((request, response) => {
      if (request.url === "/endless") return void response.write(new Uint8Array(5_000));
      if (request.url === "/announced") return void response.writeHead(200, { "content-length": 5_000 }).flushHeaders();
      if (request.url === "/good") return void response.end(toJson(input));
      response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const at = (path: string): Given => ({ kind: "url", url: `http://127.0.0.1:${port}/${path}` });
    try {
      expect((await createEngine().open(at("good"))).n).toBe(input.n);
      expect(await rejectionOf(bytesOf(at("none"), 4_000))).toMatchObject({ code: "NETWORK" });
      expect(await rejectionOf(bytesOf(at("announced"), 4_000))).toMatchObject({ code: "TOO_LARGE" });
      expect(await rejectionOf(bytesOf(at("endless"), 4_000))).toMatchObject({ code: "TOO_LARGE" });
    } finally {
      server.closeAllConnections();
      server.close();
    }
    expect(await rejectionOf(bytesOf(at("good"), 4_000))).toMatchObject({ code: "NETWORK" });
  });
});
