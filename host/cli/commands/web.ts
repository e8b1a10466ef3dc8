/** `yuma web`: serves the page on this machine, to this machine. */
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { YumaError } from "../../errors.js";
import { CONTENT_SECURITY_POLICY } from "../../web/csp.js";
import { EXIT, print } from "../io.js";
import { type Run, wholeOf } from "../options.js";

const HOST = "127.0.0.1";
const DEFAULT_PORT = 8360;
const PAGE = fileURLToPath(new URL("../../../web/", import.meta.url));
/** A browser that takes longer to ask is none. */
const REQUEST_MS = 10_000;
/** What the page carries itself, and what only a header can say: nobody frames it. */
const POLICY = `${CONTENT_SECURITY_POLICY}; frame-ancestors 'none'`;
const MOST_HEADER_BYTES = 16_384;

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".gz": "application/gzip",
};

interface Served {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | number>>;
}

/** Declares the verb. */
export function registerWeb(program: Command, run: Run): void {
  program
    .command("web")
    .description("serve the page that opens, checks and questions an epoch, on this machine alone")
    .option("--port <port>", "port on 127.0.0.1; 0 takes any that is free", wholeOf("port", 0, 65535), DEFAULT_PORT)
    .action(run(web));
}

/** Serves until it is interrupted. Throws BAD_FILE where the page was not built, USAGE for a port that is taken. */
async function web({ port }: { readonly port: number }): Promise<number> {
  const server = serverOf(pageFiles());
  await listening(server, port);
  await print(`http://${HOST}:${(server.address() as AddressInfo).port}/`);
  process.stderr.write("yuma: serving the page; Ctrl-C ends it\n");
  await new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, resolve);
  });
  server.close();
  server.closeAllConnections();
  return EXIT.ok;
}

/** Every file of the page by its path, read once: nothing else can be asked for. */
function pageFiles(): ReadonlyMap<string, Served> {
  let names: string[];
  try {
    names = readdirSync(PAGE, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/").slice(PAGE.length).replace(/^\//, ""));
  } catch {
    throw new YumaError("BAD_FILE", "The page is not there: it is built by npm run build.", { file: PAGE });
  }
  const files = new Map(names.map((name) => [`/${name}`, fileOf(name)]));
  const index = files.get("/index.html");
  if (index === undefined) throw new YumaError("BAD_FILE", "The page has no index.html.", { file: PAGE });
  return files.set("/", index);
}

function fileOf(name: string): Served {
  const body = readFileSync(`${PAGE}${name}`);
  return {
    body,
    headers: {
      "content-type": TYPES[extname(name)] ?? "application/octet-stream",
      "content-length": body.length,
      // Names of assets hold a hash of what is in them.
      "cache-control": name.startsWith("assets/") ? "public, max-age=31536000, immutable" : "no-cache",
    },
  };
}

function serverOf(files: ReadonlyMap<string, Served>): Server {
  const server = createServer({ maxHeaderSize: MOST_HEADER_BYTES }, (request, response) => {
    response.setHeader("content-security-policy", POLICY);
    response.setHeader("x-content-type-options", "nosniff");
    response.setHeader("referrer-policy", "no-referrer");
    response.setHeader("cross-origin-opener-policy", "same-origin");
    response.setHeader("cross-origin-resource-policy", "same-origin");
    const isRead = request.method === "GET" || request.method === "HEAD";
    const file = files.get(request.url?.split("?")[0] ?? "");
    if (!isRead) response.writeHead(405, { allow: "GET, HEAD" }).end();
    else if (file === undefined)
      response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.\n");
    else response.writeHead(200, file.headers).end(request.method === "HEAD" ? undefined : file.body);
  });
  server.requestTimeout = REQUEST_MS;
  server.headersTimeout = REQUEST_MS;
  return server;
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE" ? "it is taken" : error.code === "EACCES" ? "permission denied" : error.message;
      const text = `Port ${port} of ${HOST} cannot be listened on: ${reason}; --port chooses another, 0 any.`;
      reject(new YumaError("USAGE", text, { port }));
    });
    server.listen(port, HOST, resolve);
  });
}
