/** How often a function of the kernel is called that is not exported: its calls are counted in the module itself. */
import binaryen from "assemblyscript/binaryen";

/** The exported global with the number of calls of a function, by the end of its name. */
export const callsOf = (name: string) => `calls of ${name}`;

/** The module, built unoptimised and with names, with a global that counts the calls of each of these functions. Throws where there is none. */
export function countingCalls(bytes: Uint8Array, names: readonly string[]): Uint8Array<ArrayBuffer> {
  const module = binaryen.readBinary(bytes);
  try {
    const functions = Array.from({ length: module.getNumFunctions() }, (_, k) =>
      binaryen.getFunctionInfo(module.getFunctionByIndex(k)),
    );
    for (const end of names) {
      const found = functions.find(({ name }) => name.endsWith(`/${end}`));
      if (found === undefined) throw new Error(`no function is named ${end}`);
      const calls = callsOf(end);
      module.addGlobal(calls, binaryen.i32, true, module.i32.const(0));
      module.addGlobalExport(calls, calls);
      const more = module.i32.add(module.global.get(calls, binaryen.i32), module.i32.const(1));
      const body = module.block(null, [module.global.set(calls, more), found.body], found.results);
      module.removeFunction(found.name);
      module.addFunction(found.name, found.params, found.results, found.vars, body);
    }
    module.setFeatures(binaryen.Features.All);
    return new Uint8Array(module.emitBinary());
  } finally {
    module.dispose();
  }
}
