/** A progress bar on stderr where that is a terminal, silence otherwise. */

const CELLS = 24;
const CLEAR_LINE = "\r\u001b[K";

/** Shows how far work has come. */
export interface Progress {
  show(done: number, all: number, what: string): void;
  /** Takes the bar away. */
  end(): void;
}

/** A bar that is drawn over itself. */
export function progressBar(stream: NodeJS.WriteStream = process.stderr): Progress {
  if (!stream.isTTY) return { show() {}, end() {} };
  return {
    show(done, all, what) {
      const full = Math.round((CELLS * done) / all);
      stream.write(`${CLEAR_LINE}${"█".repeat(full)}${"░".repeat(CELLS - full)} ${what}`);
    },
    end() {
      stream.write(CLEAR_LINE);
    },
  };
}
