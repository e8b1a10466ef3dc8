/** A node's refusal as the error it was there: same code, same sentence, same details. */
import type { RpcFailure } from "../chain/transport/transport.js";
import { YumaError, type YumaErrorCode } from "../errors.js";
import { LedgerError, type LedgerErrorName } from "../ledger/errors.js";

/** The error of a reply. What does not say which of ours it is becomes RPC_ERROR. */
export function errorOf(name: string, method: string, { code, message, data }: RpcFailure): YumaError {
  const own = data?.code;
  const details = (data?.details ?? {}) as Record<string, unknown>;
  if (own === "CALL_REFUSED" && typeof details.error === "string") {
    const { error, ...rest } = details;
    return new LedgerError(error as LedgerErrorName, rest);
  }
  if (typeof own === "string") return new YumaError(own as YumaErrorCode, message, details);
  return new YumaError("RPC_ERROR", `${name} refuses ${method}: ${message}.`, { method, rpcCode: code });
}
