/** What a node counts, as Prometheus reads it. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { LedgerNode } from "./node.js";

/** The counters a server moves itself; the rest is looked up when asked for. */
export interface Metrics {
  readonly requests: Counter<"method" | "code">;
  readonly seconds: Histogram<"method">;
  /** The text of all of them. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Metrics of a node; `connections` tells how many sockets are open, `subscriptions` how many listen. */
export function metricsOf(node: LedgerNode, connections: () => number, subscriptions: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge("yuma_height", "Number of the last block.", () => node.ledger.height);
  gauge("yuma_waiting_calls", "Calls that wait for a block.", () => node.ledger.waiting);
  gauge("yuma_waiting_requests", "Requests that wait for a call to be included.", () => node.waiting);
  gauge("yuma_connections", "Open WebSockets.", connections);
  gauge("yuma_subscriptions", "Subscriptions to blocks.", subscriptions);
  gauge("yuma_resident_bytes", "Memory of the process.", () => process.memoryUsage.rss());
  const { source } = node;
  if (source !== undefined) {
    gauge("yuma_leader_height", "Number of the leader's last block, as heard.", () => source().height ?? 0);
    gauge("yuma_leader_reachable", "Whether the leader, or its log, answers.", () => Number(source().isReachable));
  }
  const blocks = new Counter({ name: "yuma_blocks_total", help: "Blocks produced since the start.", registers });
  const calls = new Counter({
    name: "yuma_calls_total",
    help: "Calls in these blocks; refused ones could be included no longer.",
    labelNames: ["outcome"],
    registers,
  });
  node.subscribe((block) => {
    blocks.inc();
    calls.inc({ outcome: "included" }, block.calls);
    calls.inc({ outcome: "refused" }, block.refused.length);
  });
  return {
    requests: new Counter({
      name: "yuma_rpc_requests_total",
      help: "Requests answered, by method and error code, 0 for none.",
      labelNames: ["method", "code"],
      registers,
    }),
    seconds: new Histogram({
      name: "yuma_rpc_seconds",
      help: "How long answers take.",
      labelNames: ["method"],
      buckets: [0.0005, 0.002, 0.01, 0.05, 0.2, 1, 5, 30],
      registers,
    }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
