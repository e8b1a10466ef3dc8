/** A line to a server of this machine that can be cut, and held dead for a while. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** It. */
export interface Line {
  /** The server's address through the line. */
  readonly url: string;
  /** Cuts every connection; new ones are let through. */
  cut(): void;
  /** Whether new connections are cut as they come. */
  isDead: boolean;
}

/** Lays a line to the server at a URL, until the test ends. */
export async function lineTo(url: string): Promise<Line> {
  const { port, protocol } = new URL(url);
  const open = new Set<Socket>();
  const cut = () => {
    for (const socket of open) socket.destroy();
  };
  const server = createServer((near) => {
    if (line.isDead) return void near.destroy();
    const far = connect(Number(port), "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on("error", () => {});
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    cut();
    server.close();
  });
  const line: Line = { url: `${protocol}//127.0.0.1:${(server.address() as AddressInfo).port}`, cut, isDead: false };
  return line;
}
