import { type Failure, failure } from "../../base/index.ts";
import { isRecord } from "../format.ts";
import { openReply } from "../json-reply.ts";
import type { OracleReply } from "./oracle.ts";

export interface OpenedReply extends OracleReply {
  readonly testnet: boolean;
}

/**
 * Opens the text of a venue's reply, whatever the venue's envelope.
 *
 * @returns the content inside the envelope; a failure for what `openReply` refuses and for the error reply of any venue, named as such
 */
export function openOracleReply(text: string): OpenedReply | Failure {
  const refusal = errorReply(text);
  if (refusal !== undefined) return failure("parse-error", `the file is an error reply of the venue: ${refusal}`);
  const reply = openReply(text);
  if ("reason" in reply) return reply;
  const { content, ...rest } = reply;
  if (Array.isArray(content) && content.length === 0)
    return failure("missing-data", "the reply is empty: it states no margin");
  const answeredMs = rest.answeredMs ?? bybitTime(text);
  return {
    content: dataOf(content),
    testnet: rest.testnet,
    ...(answeredMs === undefined ? {} : { answeredMs }),
  };
}

/** OKX wraps its answer in `{code, msg, data: [...]}`. */
function dataOf(content: unknown): unknown {
  return isRecord(content) && Array.isArray(content.data) && Object.hasOwn(content, "code") ? content.data : content;
}

/** What an envelope says went wrong: OKX `code` other than "0", Bybit `retCode` other than 0, Binance negative `code`. */
function errorReply(text: string): string | undefined {
  const document = parsed(text);
  if (!isRecord(document)) return undefined;
  const { code, msg, retCode, retMsg, label, message } = document;
  if (retCode !== undefined && Number(retCode) !== 0) return `${String(retMsg)} (retCode ${String(retCode)})`;
  if (code !== undefined && msg !== undefined && Number(code) !== 0) return `${String(msg)} (code ${String(code)})`;
  if (typeof label === "string" && typeof message === "string") return `${message} (${label})`;
  return undefined;
}

function bybitTime(text: string): number | undefined {
  const document = parsed(text);
  return isRecord(document) && document.retCode !== undefined && typeof document.time === "number"
    ? document.time
    : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
