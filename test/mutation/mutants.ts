/** Mutants, built: of a file's all that can be switched on in one build, the others each by itself. */
import { buildEntry, type Entry } from "./build.js";
import { type Mutation, mutated, mutationsOf } from "./sites.js";
import { sourceOf } from "./source.js";
import { placeOf, type Switched, switched, switchOn } from "./switched.js";

/** How many mutants of a file are built each by itself before its build with switches pays: that one has to be asked everything first. */
const ALONE_FIRST = 8;

type Bytes = Uint8Array<ArrayBuffer>;

/** A build of a file with switches, and which are in it. */
interface Build extends Switched {
  readonly bytes: Bytes;
}

/** A mutant; `bytes` null where it does not build, `isOwn` where the build has nothing else in it. */
export interface Mutant {
  readonly bytes: Bytes | null;
  readonly isOwn: boolean;
}

/** Builds mutants of an entry. */
export class Mutants {
  readonly #entry: Entry;
  readonly #works: (file: string, bytes: Bytes) => Promise<boolean>;
  readonly #asked = new Map<string, number>();
  readonly #builds = new Map<string, Promise<Build | null>>();

  /** `works` says whether a build of a file, with all switches off, is right; one that is not is not used. */
  constructor(entry: Entry, works: (file: string, bytes: Bytes) => Promise<boolean>) {
    this.#entry = entry;
    this.#works = works;
  }

  async of(mutation: Mutation): Promise<Mutant> {
    const { file } = mutation;
    const asked = (this.#asked.get(file) ?? 0) + 1;
    this.#asked.set(file, asked);
    if (asked <= ALONE_FIRST) return { bytes: await this.alone(mutation), isOwn: true };
    const made = this.#builds.get(file) ?? this.#build(file);
    this.#builds.set(file, made);
    const build = await made;
    const number = build?.numbers.get(placeOf(mutation));
    if (build === null || number === undefined) return { bytes: await this.alone(mutation), isOwn: true };
    return { bytes: switchOn(build.bytes, number), isOwn: false };
  }

  /** A mutant with nothing else in its build, null where that fails. */
  alone(mutation: Mutation): Promise<Bytes | null> {
    return buildEntry(this.#entry, mutation.file, mutated(sourceOf(mutation.file) ?? "", mutation));
  }

  async #build(file: string): Promise<Build | null> {
    const text = sourceOf(file) ?? "";
    const made = switched(file, text, mutationsOf(file, text));
    const bytes = await buildEntry(this.#entry, file, made.text);
    return bytes !== null && (await this.#works(file, bytes)) ? { ...made, bytes } : null;
  }
}
