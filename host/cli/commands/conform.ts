/** `yuma conform`: cases in, answers out, line by line; or the answers held against a file of expected ones. */
import { type ConformOptions, conformLine, noSuchSuite, SUITE_NAMES } from "../../api/conform.js";
import { YumaError } from "../../errors.js";
import { toJson } from "../../json.js";
import { inlinedModule } from "../../load/inlined.js";
import { instantiate } from "../../load/kernel.js";
import { document, EXIT, known, print, readLines } from "../io.js";
import { renderConformity } from "../render/conformity.js";
import { type Answer, hold } from "./conformity.js";

/** Options of the verb. */
export interface ConformVerbOptions extends ConformOptions {
  readonly against?: string;
  readonly json?: boolean;
  readonly jsonOutput?: boolean;
}

/**
 * Answers a suite. A line that cannot be answered gets an answer that says so, `{"line": …, "error": …}` (`error CODE` in
 * the fixed suite), and its sentence on stderr; the lines after it are answered all the same, and the exit code is 2.
 * With `--against` a verdict is printed instead of the answers, and the exit code is 1 where one differs.
 */
export async function conform(suite: string, file: string, options: ConformVerbOptions): Promise<number> {
  if (!SUITE_NAMES.includes(suite)) throw noSuchSuite(suite);
  const json = options.json || options.jsonOutput;
  if (options.against !== undefined) {
    if (file === "-" && options.against === "-") throw usage("Cases and results cannot both be standard input.");
    const told = await hold(suite, answers(suite, file, options), readLines(options.against));
    await print(json ? document({ suite, ...told }) : renderConformity(suite, told));
    return told.equal ? EXIT.ok : EXIT.mismatch;
  }
  if (json) throw usage("--json goes with --against: the answers are lines of their own.");
  let code: number = EXIT.ok;
  for await (const { text, failed } of answers(suite, file, options)) {
    if (failed) code = EXIT.badInput;
    await print(text);
  }
  return code;
}

function usage(sentence: string): YumaError {
  return new YumaError("USAGE", sentence);
}

async function* answers(suite: string, file: string, options: ConformOptions): AsyncGenerator<Answer> {
  const kernel = instantiate(inlinedModule());
  for await (const { number, text } of readLines(file)) {
    try {
      for (const answer of conformLine(kernel, suite, text, options))
        yield { line: number, text: answer, failed: false };
    } catch (failure) {
      const error = known(failure);
      process.stderr.write(`yuma: line ${number}: ${error.message}\n`);
      const refusal = suite === "fixed" ? `error ${error.code}` : toJson({ line: number, error });
      yield { line: number, text: refusal, failed: true };
    }
  }
}
