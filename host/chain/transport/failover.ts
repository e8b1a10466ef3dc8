/** Several endpoints as one: the first that answers serves, until it fails. */
import { type Connection, isPassing } from "./transport.js";

/** A connection over the first of several that answers; it stays with that one until it fails, then takes the next. */
export function failingOver(connections: readonly Connection[]): Connection {
  let current = 0;
  return {
    get name() {
      return connections[current]?.name ?? "no endpoint";
    },
    async send(calls) {
      for (let tried = 1; ; tried++) {
        const used = current;
        try {
          return await (connections[used] as Connection).send(calls);
        } catch (error) {
          if (!isPassing(error)) throw error;
          // Another call may have moved on already.
          if (current === used) current = (used + 1) % connections.length;
          if (tried >= connections.length) throw error;
        }
      }
    },
    close() {
      for (const connection of connections) connection.close();
    },
  };
}
