/** Questions: on a terminal, secrets without echo; elsewhere the answers are lines of standard input. */
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { YumaError } from "../errors.js";
import { checkPassword } from "../wallet/wallet.js";

const CTRL_C = 130;
/** The longest line that is an answer. */
const MOST_CHARACTERS = 65_536;

/** Where a terminal's echo goes. */
const nowhere = () => new Writable({ write: (_piece, _encoding, done) => done() });

/** The answer to a question, not shown while it is typed. Throws USAGE where the input ends first. */
export async function askSecret(question: string): Promise<string> {
  if (!process.stdin.isTTY) return nextLine(question);
  process.stderr.write(`${question}: `);
  try {
    return await typed(question, nowhere());
  } finally {
    process.stderr.write("\n");
  }
}

/** A new password, on a terminal twice. Throws USAGE where the two differ, BAD_VALUE for an empty one. */
export async function askNewPassword(what: string): Promise<string> {
  const password = await askSecret(`New password for ${what}`);
  checkPassword(password);
  if (process.stdin.isTTY && (await askSecret("Once more")) !== password) {
    throw new YumaError("USAGE", "The two passwords differ; nothing was written.");
  }
  return password;
}

/** Whether somebody at the terminal says yes. Without a terminal nobody does. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  process.stderr.write(`${question} [y/N] `);
  return /^y(es)?$/i.test((await typed(question, process.stderr)).trim());
}

function typed(question: string, echo: NodeJS.WritableStream): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: echo, terminal: true });
  const ended = new Promise<never>((_resolve, reject) => reader.once("close", () => reject(unanswered(question))));
  reader.once("SIGINT", () => {
    reader.close();
    process.exit(CTRL_C);
  });
  return Promise.race([reader.question(""), ended]).finally(() => reader.close());
}

let waiting = "";

/** The next line of standard input; what follows it stays for the next question. */
async function nextLine(question: string): Promise<string> {
  process.stdin.setEncoding("utf8");
  if (!waiting.includes("\n")) {
    try {
      for await (const piece of process.stdin.iterator({ destroyOnReturn: false })) {
        waiting += piece;
        if (waiting.includes("\n") || waiting.length > MOST_CHARACTERS) break;
      }
    } catch {
      throw unanswered(question);
    }
    process.stdin.pause();
  }
  if (waiting === "" || waiting.length > MOST_CHARACTERS) throw unanswered(question);
  const [line = "", ...rest] = waiting.split("\n");
  waiting = rest.join("\n");
  return line.replace(/\r$/, "");
}

function unanswered(question: string): YumaError {
  const text = `${question}: no answer. Type it at a terminal, or give it as a line of standard input.`;
  return new YumaError("USAGE", text, { question });
}
