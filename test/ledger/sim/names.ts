/** The names of errors and events the ledger declares, by its own types, so that a new area counts at once. */
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { PROJECT } from "../../support/root.js";

/** What is declared, in order. */
export interface DeclaredNames {
  readonly errors: readonly string[];
  readonly events: readonly string[];
}

/** Asks the compiler. Some seconds. */
export function declaredNames(): DeclaredNames {
  const root = fileURLToPath(PROJECT);
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const files = ["errors", "events"].map((name) => `${root}host/ledger/${name}.ts`);
  const program = ts.createProgram(files, { ...options, noEmit: true, incremental: false });
  const checker = program.getTypeChecker();
  const declared = (file: string, name: string): ts.Type => {
    const source = program.getSourceFile(file);
    const exported = source && checker.getSymbolAtLocation(source)?.exports?.get(name as ts.__String);
    if (!exported) throw new Error(`${file} declares no ${name}`);
    return checker.getDeclaredTypeOfSymbol(exported);
  };
  const name = declared(files[1]!, "LedgerEvent").getProperty("name");
  return {
    errors: literals(declared(files[0]!, "LedgerErrorName")),
    events: name ? literals(checker.getTypeOfSymbol(name)) : [],
  };
}

/** The texts of a union of texts. */
function literals(type: ts.Type): string[] {
  const parts = type.isUnion() ? type.types : [type];
  return parts.map((one) => (one as ts.StringLiteralType).value).sort();
}
