/** `yuma conform`: cases in, answers out, line by line. */
import { type ConformOptions, conformLine, noSuchSuite, SUITE_NAMES } from "../../api/conform.js";
import { toJson } from "../../json.js";
import { inlinedModule } from "../../load/inlined.js";
import { instantiate } from "../../load/kernel.js";
import { EXIT, known, print, readLines } from "../io.js";

/**
 * Answers a suite. A line that cannot be answered gets an answer that says so, `{"line": …, "error": …}` (`error CODE` in
 * the fixed suite), and its sentence on stderr; the lines after it are answered all the same, and the exit code is 2.
 */
export async function conform(suite: string, file: string, options: ConformOptions): Promise<number> {
  if (!SUITE_NAMES.includes(suite)) throw noSuchSuite(suite);
  const kernel = instantiate(inlinedModule());
  let code: number = EXIT.ok;
  for await (const { number, text } of readLines(file)) {
    try {
      for (const answer of conformLine(kernel, suite, text, options)) await print(answer);
    } catch (failure) {
      const error = known(failure);
      code = EXIT.badInput;
      process.stderr.write(`yuma: line ${number}: ${error.message}\n`);
      await print(suite === "fixed" ? `error ${error.code}` : toJson({ line: number, error }));
    }
  }
  return code;
}
