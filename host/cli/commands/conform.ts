/** `yuma conform`: cases in, answers out, line by line. */
import { type ConformOptions, conformLine, SUITE_NAMES } from "../../api/conform.js";
import { YumaError } from "../../errors.js";
import { toJson } from "../../json.js";
import { inlinedModule } from "../../load/inlined.js";
import { instantiate } from "../../load/kernel.js";
import { EXIT, print, readLines } from "../io.js";

/**
 * Answers a suite. A line that cannot be answered gets an answer that says so, `{"error": …}` (`error …` in the fixed
 * suite), and its sentence on stderr; the lines after it are answered all the same, and the exit code is 2.
 */
export async function conform(suite: string, file: string, options: ConformOptions): Promise<number> {
  if (!SUITE_NAMES.includes(suite)) {
    const text = `There is no suite "${suite}"; there are ${SUITE_NAMES.join(", ")}.`;
    throw new YumaError("USAGE", text, { suite });
  }
  const kernel = instantiate(inlinedModule());
  let code: number = EXIT.ok;
  let number = 0;
  for await (const line of readLines(file)) {
    number++;
    try {
      for (const answer of conformLine(kernel, suite, line, options)) await print(answer);
    } catch (error) {
      if (!(error instanceof YumaError)) throw error;
      code = EXIT.badInput;
      process.stderr.write(`yuma: line ${number}: ${error.message}\n`);
      await print(suite === "fixed" ? `error ${error.code}` : toJson({ line: number, error }));
    }
  }
  return code;
}
