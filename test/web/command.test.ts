/** `yuma web`: what it serves, under which headers, and what it refuses. */
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CONTENT_SECURITY_POLICY } from "../../host/web/csp.js";
import { startWeb, type WebCommand } from "../support/browser/page.js";
import { requireBuild, yuma, yumaBeside } from "../support/command.js";

requireBuild();

describe("yuma web", () => {
  let web: WebCommand;
  beforeAll(async () => {
    web = await startWeb();
  });
  afterAll(async () => expect(await web.end()).toBe(0));

  it("serves the page and its files under the policy, from 127.0.0.1", async () => {
    expect(new URL(web.url).hostname).toBe("127.0.0.1");
    const page = await fetch(web.url);
    const html = await page.text();
    expect(page.headers.get("content-security-policy")).toBe(`${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`);
    expect(html.replaceAll("&#39;", "'")).toContain(CONTENT_SECURITY_POLICY);
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/'unsafe-(eval|inline)'/);
    const named = [...html.matchAll(/(?:src|href)="(\.\/[^"]+)"/g)].map(([, path]) => path as string);
    expect(named.length).toBeGreaterThan(2);
    for (const path of [...named, "example.json.gz"]) {
      const file = await fetch(new URL(path, web.url));
      expect([file.status, file.headers.get("x-content-type-options")], path).toEqual([200, "nosniff"]);
    }
  });

  it("has nothing in the page that the policy would refuse: no inline script or style", async () => {
    const html = await (await fetch(web.url)).text();
    expect(html).not.toMatch(/<style|style=|<script(?![^>]*\bsrc=)|\bon\w+=|javascript:|data:/);
  });

  it("serves nothing else, by no other method", async () => {
    const raw = (path: string, method: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        const { port } = new URL(web.url);
        const asked = request({ host: "127.0.0.1", port, path, method }, (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        });
        asked.on("error", reject).end();
      });
    for (const path of [
      "/../package.json",
      "/%2e%2e/package.json",
      "/assets/",
      "/assets",
      "/index.html/x",
      "/constructor",
    ])
      expect(await raw(path, "GET"), path).toBe(404);
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) expect(await raw("/", method), method).toBe(405);
    expect(await raw("/index.html?q", "HEAD")).toBe(200);
  });

  it("refuses a port that is taken or none", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const taken = await yumaBeside(["web", "--port", String(port)]);
    server.close();
    expect([taken.code, taken.err]).toEqual([2, expect.stringContaining(`Port ${port} of 127.0.0.1`)]);
    for (const given of ["65536", "-1", "x"]) expect(yuma(["web", "--port", given]).code, given).toBe(2);
  });
});
