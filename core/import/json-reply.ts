import { type Failure, failure } from "../base/index.ts";
import { isFlex, openFlex } from "./broker/flex-xml.ts";
import { isRecord } from "./format.ts";
import { jsonDamage } from "./json-damage.ts";

export interface JsonReply {
  readonly content: unknown;
  /** When the venue answered, UTC milliseconds. */
  readonly answeredMs?: number;
  readonly testnet: boolean;
  /** The document itself says that it was generated: a key `synthetic` beside the reply, with the reason or `true`. */
  readonly synthetic?: true;
  /** Whose envelope it came in, where that tells. */
  readonly venue?: string;
}

/**
 * Opens a JSON document or an answer of Flex (XML): the result of a JSON-RPC reply, the data of an OKX or Bybit reply or of a subscription message, or the document itself.
 *
 * @param text whole text of the file
 * @returns the content; a failure for HTML, XML, cut or invalid JSON, an error reply, and a reply without anything in it
 * @source resources/docs/formats.md, section 4
 */
export function openReply(text: string): JsonReply | Failure {
  const start = text.trimStart().slice(0, 200).toLowerCase();
  if (isFlex(text)) {
    const flex = openFlex(text);
    return "reason" in flex ? flex : { content: flex, testnet: false };
  }
  if (start.startsWith("<")) {
    const what = start.startsWith("<!doctype html") || start.startsWith("<html") ? "an HTML page" : "XML or HTML";
    return failure("parse-error", `the file is ${what}, not a reply of the venue`);
  }
  let document: unknown;
  try {
    document = parsed(text);
  } catch {
    return failure("parse-error", jsonDamage(text));
  }
  const reply = opened(document);
  return isGenerated(document) && !("reason" in reply) ? { ...reply, synthetic: true } : reply;
}

const maybeTooLarge = /\de\+?\d{3}/i;

/** JSON; numbers beyond the largest one stay text as written, so that a message can quote them. */
function parsed(text: string): unknown {
  if (!maybeTooLarge.test(text)) return JSON.parse(text);
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }) =>
    value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY
      ? (context?.source ?? String(value))
      : value,
  );
}

function isGenerated(document: unknown): boolean {
  if (!isRecord(document)) return false;
  const { synthetic } = document;
  return synthetic === true || (typeof synthetic === "string" && synthetic !== "");
}

function opened(document: unknown): JsonReply | Failure {
  if (!isRecord(document)) return nonEmpty({ content: document, testnet: false });
  if (isRecord(document.error)) {
    const { code, message } = document.error;
    return failure("parse-error", `the file is an error reply of the venue: ${String(message)} (code ${String(code)})`);
  }
  if (isOkxEnvelope(document)) {
    if (document.code === "0") return nonEmpty({ content: document.data, testnet: false, venue: "okx" });
    return failure("parse-error", `the file is an error reply of the venue: ${document.msg} (code ${document.code})`);
  }
  const refused = bybitOrBinanceError(document);
  if (refused !== undefined) return failure("parse-error", `the file is an error reply of the venue: ${refused}`);
  if (typeof document.topic === "string" && isRecord(document.data))
    return nonEmpty({ content: document.data, testnet: false, ...answeredAt(document.ts) });
  if (typeof document.retCode === "number")
    return nonEmpty({ content: document.result, testnet: false, venue: "bybit", ...answeredAt(document.time) });
  const testnet = document.testnet === true;
  const micros = document.usOut;
  const answered = typeof micros === "number" && micros > 1e14 ? { answeredMs: Math.floor(micros / 1000) } : {};
  if (Object.hasOwn(document, "result")) return nonEmpty({ content: document.result, testnet, ...answered });
  if (isRecord(document.params) && Object.hasOwn(document.params, "data")) {
    return nonEmpty({ content: document.params.data, testnet });
  }
  return nonEmpty({ content: document, testnet });
}

/** Bybit: `retCode` other than 0; Binance: `{code: -1121, msg}` without anything else. */
function bybitOrBinanceError({ retCode, retMsg, code, msg }: Readonly<Record<string, unknown>>): string | undefined {
  if (typeof retCode === "number" && retCode !== 0) return `${String(retMsg)} (code ${retCode})`;
  return typeof code === "number" && code < 0 && typeof msg === "string" ? `${msg} (code ${code})` : undefined;
}

/** Milliseconds of a reply; counts too small to be a day of this century are not believed. */
function answeredAt(time: unknown): { answeredMs?: number } {
  return typeof time === "number" && time > 1e12 ? { answeredMs: time } : {};
}

/** `{code: "0", msg: "", data: [...]}`: any other code is an error. */
function isOkxEnvelope(
  document: Readonly<Record<string, unknown>>,
): document is { readonly code: string; readonly msg: string; readonly data?: unknown } {
  const { code, msg, data } = document;
  return typeof code === "string" && typeof msg === "string" && (code !== "0" || Array.isArray(data));
}

/** A list without members is a reply too: an account may hold no positions. */
function nonEmpty(reply: JsonReply): JsonReply | Failure {
  const { content } = reply;
  const empty = isRecord(content) && Object.keys(content).length === 0;
  if (empty || content === null) return failure("missing-data", "the reply is empty: it holds nothing to import");
  return isRecord(content) || Array.isArray(content)
    ? reply
    : failure("parse-error", "the JSON holds a single value; expected the reply of a venue");
}
