/** A node that is followed: its first word is waited for, the rest is asked for. What speaks to nodes is loaded for it alone. */
import { YumaError } from "../../errors.js";
import type { News } from "./live/news.js";
import type { Subject } from "./subject.js";
import type { GivenNode } from "./types.js";

/** It, until it is ended. */
export interface Following {
  readonly given: GivenNode;
  readonly first: Subject;
  readonly news: AsyncGenerator<News>;
  end(): void;
}

/** Begins. Throws what keeps the node's first word from coming. */
export async function beginFollowing(given: GivenNode): Promise<Following> {
  const { follow } = await import("./live/follow.js");
  const ending = new AbortController();
  const news = follow({ url: given.url, netuid: given.netuid, signal: ending.signal });
  const { value } = await news.next();
  if (value?.subject) return { given, first: value.subject, news, end: () => ending.abort() };
  ending.abort();
  throw new YumaError("BAD_ANSWER", `${given.url} tells of no epoch.`, { url: given.url });
}
