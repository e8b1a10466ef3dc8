/** A server of folders for pages under test, on 127.0.0.1, with a Content-Security-Policy on everything it serves. */
import { createReadStream, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

/** What a page of ours needs and no more: code and data of its own origin, and leave to compile WebAssembly. */
export const STRICT_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; img-src 'self' data:";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".gz": "application/gzip",
};

/** A running server. */
export interface Served {
  /** The root, ending in a slash. */
  readonly url: string;
  /** The paths that were asked for. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** Something to serve as it stands, under a policy of its own if need be. */
export interface Given {
  readonly text: string | Uint8Array;
  readonly policy?: string;
}

/** What is served: a folder, or files, folders and texts by the path they appear at; the longest path that fits is taken. */
export type Content = string | Readonly<Record<string, string | Given>>;

/** Serves GET and HEAD until closed; `policy` null sends no Content-Security-Policy. */
export async function serve(content: Content, policy: string | null = STRICT_POLICY): Promise<Served> {
  const asked: string[] = [];
  const places = Object.entries(typeof content === "string" ? { "/": content } : content);
  places.sort(([one], [other]) => other.length - one.length);
  const server = createServer((request, response) => {
    const path = pathOf(request.url);
    asked.push(path ?? String(request.url));
    if (policy !== null) response.setHeader("content-security-policy", policy);
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("cache-control", "no-store");
    const place = places.find(([at]) => path === at || (at.endsWith("/") && path?.startsWith(at)));
    if (path === null || place === undefined) return refuse(response, 404);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405);
    const [at, what] = place;
    if (typeof what === "string")
      return file(response, at === path && !at.endsWith("/") ? what : join(what, path.slice(at.length)));
    if (what.policy !== undefined) response.setHeader("content-security-policy", what.policy);
    response.writeHead(200, { "content-type": typeOf(at) });
    return void response.end(what.text);
  });
  server.requestTimeout = 10_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The path of a request, a folder's index.html for the folder, or null for what is none. */
function pathOf(url = "/"): string | null {
  try {
    const path = normalize(decodeURIComponent(new URL(url, "http://localhost").pathname));
    return path.includes("\0") ? null : path.endsWith("/") ? `${path}index.html` : path;
  } catch {
    return null;
  }
}

const typeOf = (path: string) => TYPES[extname(path)] ?? "application/octet-stream";

function file(response: ServerResponse, path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) {
    refuse(response, 404);
    return;
  }
  response.writeHead(200, { "content-type": typeOf(path), "content-length": stat.size });
  createReadStream(path).pipe(response);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-type": "text/plain" }).end();
}
