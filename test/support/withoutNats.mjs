// With --import: Node as it is where the modules of NATS have not been installed.
import { register } from "node:module";

register(`data:text/javascript,
export function resolve(name, context, next) {
  if (!name.startsWith("@nats-io/")) return next(name, context);
  throw Object.assign(new Error("Cannot find package " + name), { code: "ERR_MODULE_NOT_FOUND" });
}`);
