/** What a node is bound by, so that nobody can use it up. */

/** The bounds of a server; each has its usual value. */
export interface Limits {
  /** Bytes of a request: a signed call of a mebibyte is two in hex. */
  readonly mostRequestBytes: number;
  /** Requests in one batch. */
  readonly mostBatch: number;
  /** Requests of one address in a second, those in batches counted. */
  readonly mostRequestsASecond: number;
  /** Open connections. */
  readonly mostConnections: number;
  /** Subscriptions of one socket. */
  readonly mostSubscriptions: number;
  /** Requests that wait for a block, of the whole node. */
  readonly mostWaiting: number;
  /** Calls that wait for a block. */
  readonly mostWaitingCalls: number;
  /** Bytes a socket may be behind before it is cut. */
  readonly mostBehindBytes: number;
  /** A socket that does not answer pings is cut after two of these; a request must have arrived within one. */
  readonly idleMilliseconds: number;
  /** A socket that neither asks nor listens is closed after so long. */
  readonly mostSilentMilliseconds: number;
}

/** The usual bounds. */
export const USUAL_LIMITS: Limits = {
  mostRequestBytes: 2_200_000,
  mostBatch: 100,
  mostRequestsASecond: 5_000,
  mostConnections: 1_000,
  mostSubscriptions: 16,
  mostWaiting: 1_000,
  mostWaitingCalls: 10_000,
  mostBehindBytes: 16 << 20,
  idleMilliseconds: 30_000,
  mostSilentMilliseconds: 600_000,
};
