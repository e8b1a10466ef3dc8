/** A node on the network of this machine: JSON-RPC by POST and WebSocket on one port, /health and /metrics beside. */
import type { AddressInfo } from "node:net";
import cors from "@fastify/cors";
import websocket from "@fastify/websocket";
import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from "fastify";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { RPC_CODE } from "../client/contract.js";
import { YumaError } from "../errors.js";
import { toJson } from "../json.js";
import type { Listener } from "./handlers.js";
import { type Limits, USUAL_LIMITS } from "./limits.js";
import { type Metrics, metricsOf } from "./metrics.js";
import type { LedgerNode } from "./node.js";
import { answerText, type OnAnswer, refusal } from "./rpc.js";
import { Sockets } from "./sockets.js";

const HOST = "127.0.0.1";
const JSON_TYPE = "application/json";
/** Names this machine has for itself. Any other in a request was resolved by somebody else's name server. */
const OWN_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;
/** How long a closing server waits for requests under way. */
const GRACE_MILLISECONDS = 5_000;
const FORBIDDEN = 403;
const NO_CONTENT = 204;
const NOT_FOUND = 404;
const TOO_LARGE = 413;
const UPGRADE_REQUIRED = 426;
const INTERNAL = 500;
const ENTRANCES = `JSON-RPC 2.0 is spoken at /, by POST of ${JSON_TYPE} or by WebSocket; /health and /metrics are beside.`;

/** How a node is served. */
export interface ServerOptions {
  /** 0 takes any that is free. */
  readonly port: number;
  /** Origins whose pages may ask: "http://localhost:5173", or "*" for any. Without one no page may. */
  readonly allowedOrigins?: readonly string[] | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** Where log lines go, JSON each; by default nowhere. */
  readonly log?: { write(line: string): void } | undefined;
  readonly version?: string | undefined;
}

/** A node that is being served. */
export interface NodeServer {
  /** "http://127.0.0.1:…"; the same with ws is the WebSocket. */
  readonly url: string;
  readonly port: number;
  readonly log: FastifyBaseLogger;
  /** Ends production, lets requests under way finish, closes sockets and store. */
  close(): Promise<void>;
}

/** Serves a node on 127.0.0.1. Throws BAD_STATE where the port is taken. */
export async function serveNode(node: LedgerNode, options: ServerOptions): Promise<NodeServer> {
  const limits = { ...USUAL_LIMITS, ...options.limits };
  const app = appOf(limits, options.log);
  const sockets = new Sockets(limits);
  const metrics = metricsOf(
    node,
    () => sockets.connections,
    () => sockets.subscriptions,
  );
  await routes(app, { node, limits, sockets, metrics, options });
  node.subscribe((block) => {
    app.log.info({ height: block.height, digest: block.digest, calls: block.calls }, "block");
    sockets.tell(block);
  });
  await app.listen({ host: HOST, port: options.port }).catch((cause) => {
    throw new YumaError("BAD_STATE", `Port ${options.port} cannot be listened on: ${cause.message}.`, {
      port: options.port,
    });
  });
  const { port } = app.server.address() as AddressInfo;
  return { url: `http://${HOST}:${port}`, port, log: app.log, close: () => close(app, node, sockets) };
}

function appOf(limits: Limits, log: ServerOptions["log"]): FastifyInstance {
  const { idleMilliseconds, mostRequestBytes } = limits;
  const app = fastify({
    logger: log === undefined ? false : { level: "info", stream: log, base: null },
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: mostRequestBytes,
    requestTimeout: idleMilliseconds,
    keepAliveTimeout: idleMilliseconds,
    forceCloseConnections: "idle",
    http: { headersTimeout: idleMilliseconds, connectionsCheckingInterval: Math.ceil(idleMilliseconds / 2) },
  });
  app.server.maxConnections = limits.mostConnections;
  app.setNotFoundHandler((_request, reply) => reply.code(NOT_FOUND).send({ error: ENTRANCES }));
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const { statusCode = INTERNAL } = error;
    if (statusCode >= INTERNAL) app.log.error({ err: error }, "defect");
    return reply.code(statusCode).type(JSON_TYPE).send(refusalOf(statusCode, limits));
  });
  return app;
}

/** What is refused before it is read: too large, of another type, cut off. */
function refusalOf(statusCode: number, { mostRequestBytes }: Limits): string {
  if (statusCode === TOO_LARGE) {
    const data = { code: "LIMIT_EXCEEDED", details: { limit: "mostRequestBytes", mostRequestBytes } };
    return refusal(null, RPC_CODE.limitExceeded, `A request has at most ${mostRequestBytes} bytes.`, data);
  }
  return statusCode >= INTERNAL
    ? refusal(null, RPC_CODE.internal, "A defect of the node.")
    : refusal(null, RPC_CODE.noRequest, ENTRANCES);
}

interface Serving {
  readonly node: LedgerNode;
  readonly limits: Limits;
  readonly sockets: Sockets;
  readonly metrics: Metrics;
  readonly options: ServerOptions;
}

async function routes(app: FastifyInstance, { node, limits, sockets, metrics, options }: Serving): Promise<void> {
  const { allowedOrigins = [], version = "" } = options;
  const isAllowed = (origin: string) => allowedOrigins.includes("*") || allowedOrigins.includes(origin);
  await app.register(cors, { origin: (origin, answer) => answer(null, origin !== undefined && isAllowed(origin)) });
  await app.register(websocket, { options: { maxPayload: limits.mostRequestBytes } });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(JSON_TYPE, { parseAs: "string" }, (_request, body, done) => done(null, body));
  // Pages of others reach this port as well; they must not speak for the person at the machine.
  app.addHook("onRequest", async (request, reply) => {
    const { origin, host = "" } = request.headers;
    if (OWN_HOST.test(host) && (origin === undefined || isAllowed(origin))) return;
    return reply.code(FORBIDDEN).send({ error: "this host or origin may not ask" });
  });

  const limiter = new RateLimiterMemory({ points: limits.mostRequestsASecond, duration: 1 });
  const onAnswer = noting(app.log, metrics);
  const answer = (text: string, { ip }: FastifyRequest, listener?: Listener) =>
    answerText(text, {
      asked: listener === undefined ? { node, version } : { node, version, listener },
      mostBatch: limits.mostBatch,
      onAnswer,
      admit: (requests) => admit(limiter, ip, requests, limits.mostRequestsASecond),
    });

  app.post("/", async (request, reply) => {
    const text = await answer(request.body as string, request);
    return text === undefined ? reply.code(NO_CONTENT).send() : reply.type(JSON_TYPE).send(text);
  });
  app.route({
    method: "GET",
    url: "/",
    handler: (_request, reply) =>
      reply.code(UPGRADE_REQUIRED).header("upgrade", "websocket").send({ error: ENTRANCES }),
    wsHandler: (socket, request) => sockets.serve(socket, (text, listener) => answer(text, request, listener)),
  });
  app.get("/health", async (_request, reply) => {
    const { height, digest } = node.ledger;
    const leader = node.source?.();
    return reply.type(JSON_TYPE).send(toJson({ status: "ok", height, digest, ...(leader && { leader }) }));
  });
  app.get("/metrics", async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}

/** Takes so many requests off an address's allowance. Throws LIMIT_EXCEEDED. */
async function admit(limiter: RateLimiterMemory, ip: string, requests: number, most: number): Promise<void> {
  try {
    await limiter.consume(ip, requests);
  } catch {
    const text = `More than ${most} requests in a second.`;
    throw new YumaError("LIMIT_EXCEEDED", text, { limit: "mostRequestsASecond", mostRequestsASecond: most });
  }
}

/** Counts and logs answers. Parameters are not logged. */
function noting(log: FastifyBaseLogger, metrics: Metrics): OnAnswer {
  return (method, code, milliseconds, cause) => {
    metrics.requests.inc({ method, code });
    metrics.seconds.observe({ method }, milliseconds / 1_000);
    if (cause === undefined) return;
    if (cause instanceof YumaError && cause.code !== "INTERNAL")
      log.debug({ method, code, error: cause.code }, "refused");
    else log.error({ method, err: cause }, "defect");
  };
}

async function close(app: FastifyInstance, node: LedgerNode, sockets: Sockets): Promise<void> {
  node.retire();
  sockets.close();
  const late = setTimeout(() => app.server.closeAllConnections(), GRACE_MILLISECONDS);
  await app.close();
  clearTimeout(late);
  await node.close();
}
