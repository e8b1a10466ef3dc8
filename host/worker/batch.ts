/** Many jobs over all workers, answers in order, from a source of any length. */
import { YumaError } from "../errors.js";
import type { Progress } from "./types.js";

/** Items, now or as they come. */
type Source<T> = Iterable<T> | AsyncIterable<T>;

/**
 * Gives every item to `work`, at most `ahead` at a time, and yields the answers in the order of the items as soon as each is there.
 *
 * What `work` or the source throws ends it; a YumaError of an item says which, in `details.index`.
 */
export async function* inOrder<Item, Answer>(
  items: Source<Item>,
  work: (item: Item) => Promise<Answer>,
  ahead: number,
  onProgress: ((progress: Progress) => void) | undefined,
): AsyncGenerator<Answer, void, undefined> {
  const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  const total = sizeOf(items);
  const pending: Promise<Answer>[] = [];
  let taken = 0;
  let done = 0;
  let pulled: Promise<IteratorResult<Item>> | undefined;
  let isExhausted = false;
  try {
    while (!isExhausted || pending.length > 0) {
      if (!isExhausted && pending.length < ahead) {
        pulled ??= Promise.resolve(source.next());
        // A slow source must not hold back an answer that is there.
        if (await isFirst(pulled, pending[0])) {
          const { done: isEnd = false, value } = await pulled;
          pulled = undefined;
          isExhausted = isEnd;
          if (!isEnd) pending.push(started(work, value, taken++));
          continue;
        }
      }
      const answer = await (pending.shift() as Promise<Answer>);
      onProgress?.({ done: ++done, ...(total === undefined ? {} : { total }) });
      yield answer;
    }
  } finally {
    if (!isExhausted) await source.return?.();
  }
}

/** Starts work on an item. Nobody may come to wait for it, if one before it fails: that must not end the process. */
function started<Item, Answer>(work: (item: Item) => Promise<Answer>, item: Item, index: number): Promise<Answer> {
  const answer = work(item).catch((error: unknown) => {
    if (!(error instanceof YumaError)) throw error;
    throw new YumaError(error.code, `Snapshot ${index}: ${error.message}`, { ...error.details, index });
  });
  answer.catch(() => {});
  return answer;
}

/** Whether `one` settles before `other`. */
function isFirst(one: Promise<unknown>, other: Promise<unknown> | undefined): Promise<boolean> {
  const told = (promise: Promise<unknown>, is: boolean) =>
    promise.then(
      () => is,
      () => is,
    );
  return other ? Promise.race([told(one, true), told(other, false)]) : Promise.resolve(true);
}

function sizeOf(items: object): number | undefined {
  const { length, size } = items as { length?: unknown; size?: unknown };
  return typeof length === "number" ? length : typeof size === "number" ? size : undefined;
}
