import { type Failure, failure } from "../../base/index.ts";
import { attributesOf, xmlScanner } from "../parameter-file/xml-scanner.ts";

/** Attributes of one element, by name. */
export type FlexElement = Readonly<Record<string, string>>;

/** One account of a Flex reply. */
export interface FlexStatement {
  readonly attributes: FlexElement;
  /** Element name -> the elements of that name, in order: `OpenPosition`, `CashReportCurrency`, `ConversionRate`. */
  readonly elements: Readonly<Record<string, readonly FlexElement[]>>;
}

/** What stands in a Flex query's answer. */
export interface FlexContent {
  readonly flexStatements: readonly FlexStatement[];
}

/** Elements that are read; all others are passed over. */
const read = new Set([
  ...["OpenPosition", "CashReportCurrency", "ConversionRate", "AccountInformation", "EquitySummaryByReportDateInBase"],
]);

/** Whether a text begins as an answer of the Flex web service. */
export function isFlex(text: string): boolean {
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,500}?-->\s*)?<Flex(?:QueryResponse|StatementResponse)[\s>]/.test(
    text.slice(0, 2000),
  );
}

/**
 * Opens an answer of Interactive Brokers' Flex web service. Entities are resolved, nothing can expand; unknown elements and attributes
 * are passed over.
 *
 * @param text whole text of the file
 * @returns the statements; a failure for damaged XML, and for the service's error reply, whose words are quoted
 * @source resources/docs/formats.md, section 17.2
 */
export function openFlex(text: string): FlexContent | Failure {
  const statements: { attributes: FlexElement; elements: Record<string, FlexElement[]> }[] = [];
  const reply: Record<string, string> = {};
  const scanner = xmlScanner({
    open: (name, tag) => {
      if (name === "FlexStatement") statements.push({ attributes: attributesOf(tag), elements: Object.create(null) });
      const current = statements.at(-1)?.elements;
      if (current === undefined || !read.has(name)) return;
      const known = current[name];
      if (known === undefined) current[name] = [attributesOf(tag)];
      else known.push(attributesOf(tag));
    },
    close: (name, own) => {
      if (name === "Status" || name === "ErrorCode" || name === "ErrorMessage") reply[name] = own.trim();
    },
  });
  const damaged = scanner.push(text) ?? scanner.end();
  if (damaged !== undefined) return damaged;
  if (reply.ErrorCode !== undefined || reply.ErrorMessage !== undefined)
    return failure(
      "parse-error",
      `the file is an error reply of the broker: ${reply.ErrorMessage ?? reply.Status} (code ${reply.ErrorCode ?? "none"})`,
    );
  return statements.length === 0
    ? failure("missing-data", "the Flex reply holds no statement: the query covers no account")
    : { flexStatements: statements };
}
