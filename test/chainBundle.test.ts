/** Bundles: what was read of one epoch, verified anew from nothing else. */
import { describe, expect, it } from "vitest";
import { NETWORKS } from "../host/chain/networks.js";
import { decodeBundle, encodeBundle, evidenceSnapshot, verifyEvidence } from "../host/chain/verify/bundle.js";
import type { Evidence } from "../host/chain/verify/evidence.js";
import { verifyEpoch } from "../host/chain/verify/verify.js";
import { clientOf, NETUID, nodeOf, type Published, publishedEpochs } from "./support/chain/epochs.js";
import { keyOf, prefixOf, scaleOf } from "./support/chain/items.js";
import { refusalOf, rejectionOf } from "./support/refusal.js";

const [input, result] = publishedEpochs("epoch-small").find(
  ([one]) => one.n === 8 && one.commitRevealEnabled,
) as Published;
const live = await verifyEpoch(clientOf(nodeOf(input, result)), NETUID);
const text = encodeBundle(live.evidence);

type Loose = Record<string, unknown> & { values: Record<string, Record<string, string | null>> };
const parsed = (): Loose => JSON.parse(text) as Loose;
const verifyAgain = (document: unknown) => verifyEvidence(decodeBundle(document));

describe("a bundle", () => {
  it("gives the verdict again, with everything behind it", async () => {
    const { evidence: _, traffic: __, ...verification } = live;
    expect(await verifyAgain(parsed())).toEqual(verification);
    expect(verification.verdict).toBe("agrees");
  });

  it("holds no verdict, and one written into it changes nothing", async () => {
    expect(text).not.toMatch(/verdict|agrees/);
    const lied = { ...parsed(), verdict: "agrees" };
    lied.values.after = {
      ...lied.values.after,
      [keyOf("Consensus", NETUID)]: scaleOf("Consensus", [1, 2, 3, 4, 5, 6, 7, 8]),
    };
    expect((await verifyAgain(lied)).verdict).toBe("differs");
  });

  it("of an epoch that differs says so again, and where", async () => {
    const consensus = result.consensus.map((value, uid) => (uid === 5 ? value ^ 1 : value));
    const { evidence } = await verifyEpoch(clientOf(nodeOf(input, { ...result, consensus })), NETUID);
    const again = await verifyAgain(JSON.parse(encodeBundle(evidence)));
    expect(again.verdict).toBe("differs");
    expect(again.fields.filter(({ findings }) => findings.length > 0)).toMatchObject([
      { field: "consensus", findings: [{ uid: 5 }] },
    ]);
  });

  it("holds nothing that is not needed: without any one value it is refused", async () => {
    for (const at of ["before", "after"]) {
      for (const key of Object.keys(parsed().values[at] ?? {})) {
        const less = parsed();
        delete less.values[at]?.[key];
        expect((await rejectionOf(verifyAgain(less))).code, `${at} ${key}`).toBe("BAD_BUNDLE");
      }
    }
  });

  it("whose inputs were changed does not agree, or cannot be read", async () => {
    const changes: [string, (number | string)[], unknown][] = [
      ["Kappa", [NETUID], 65_535],
      ["LastUpdate", [NETUID], [1, 2, 3, 4, 5, 6, 7, 8]],
      ["PendingServerEmission", [NETUID], 1n],
    ];
    for (const [item, args, value] of changes) {
      const changed = parsed();
      (changed.values.before as Record<string, string>)[keyOf(item, ...args)] = scaleOf(item, value);
      expect((await verifyAgain(changed)).verdict, item).toBe("differs");
    }
  });

  it("whose block is another is refused, or is of another block by name", async () => {
    const headers = live.evidence.headers;
    const swapped = { ...live.evidence, headers: { before: headers.after, after: headers.before } };
    expect((await rejectionOf(verifyEvidence(swapped))).code).toBe("BAD_BUNDLE");
    const root = { ...headers.before, stateRoot: `0x${"00".repeat(32)}` };
    expect((await rejectionOf(verifyEvidence({ ...live.evidence, headers: { ...headers, before: root } }))).code).toBe(
      "BAD_BUNDLE",
    );
    const after = { ...headers.after, stateRoot: `0x${"00".repeat(32)}` };
    const renamed = await verifyEvidence({ ...live.evidence, headers: { ...headers, after } });
    expect(renamed.blockHash).not.toBe(live.blockHash);
  });

  it("whose metadata is not of its hash is refused", () => {
    const metadata = `${live.evidence.metadata.slice(0, -2)}ff`;
    expect(refusalOf(() => decodeBundle({ ...parsed(), metadata })).code).toBe("BAD_BUNDLE");
  });

  it("whose network is known by name is of that network's genesis", async () => {
    for (const network of ["finney", "archive", "test"]) {
      const { code, details } = await rejectionOf(verifyAgain({ ...parsed(), network }));
      expect([code, details.network]).toEqual(["BAD_BUNDLE", network]);
      expect((await rejectionOf(evidenceSnapshot({ ...live.evidence, network }))).code).toBe("BAD_BUNDLE");
      const genesisHash = NETWORKS.get(network)?.genesisHash;
      expect(await verifyAgain({ ...parsed(), network, genesisHash })).toMatchObject({ network, verdict: "agrees" });
    }
    expect(await verifyAgain({ ...parsed(), network: "custom" })).toMatchObject({ verdict: "agrees" });
  });

  it("that names spec 425 must hold its metadata", () => {
    expect(text).not.toContain('"specVersion"');
    expect(live.metadataHash).toBe(parsed().metadataHash);
  });
});

describe("what is no bundle", () => {
  it.each([
    ["nothing", null],
    ["a snapshot", { n: 3 }],
    ["another version", { ...parsed(), version: 2 }],
    ["no headers", { ...parsed(), headers: {} }],
    ["values that are not hex", { ...parsed(), values: { before: { "0x00": "zz" }, after: {} } }],
    ["a netuid that is none", { ...parsed(), netuid: -1 }],
  ])("%s", (_, document) => {
    expect(refusalOf(() => decodeBundle(document)).code).toBe("BAD_BUNDLE");
  });

  it("and a live one has the events it was judged by", () => {
    const key = `0x${prefixOf("System", "Events")}`;
    expect((live.evidence as Evidence).values.after[key]).toMatch(/^0x/);
  });
});
