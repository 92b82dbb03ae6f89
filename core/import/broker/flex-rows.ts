import { sum } from "../../base/index.ts";
import type { JsonRow } from "../format.ts";
import { readNumber } from "../read-number.ts";
import type { FlexContent, FlexElement, FlexStatement } from "./flex-xml.ts";

/** What stands around the rows of one account. */
export interface FlexContext extends Readonly<Record<string, unknown>> {
  readonly account: string;
  /** Currency of the account's totals; `undefined` where nothing says it. */
  readonly base: string | undefined;
  /** Currency -> base currency per unit, as the reply states it. */
  readonly rates: Readonly<Record<string, number>>;
  /** Last day the statement covers. */
  readonly day: string;
}

/**
 * Rows of a Flex reply: positions (SUMMARY rows; where a contract has LOT rows only, their sum), then cash by currency.
 *
 * @returns rows whose `element` says what they are; problems call a position by its place among all OpenPosition elements
 * @source resources/docs/formats.md, section 17.2
 */
export function flexRows({ flexStatements }: FlexContent): readonly JsonRow[] {
  let before = 0;
  return flexStatements.flatMap((statement) => {
    const outer = contextOf(statement);
    const all = statement.elements.OpenPosition ?? [];
    const rows = [...positionRows(all, before, outer), ...cashRows(statement, outer)];
    before += all.length;
    return rows;
  });
}

function contextOf({ attributes, elements }: FlexStatement): FlexContext {
  const positions = elements.OpenPosition ?? [];
  const [information] = elements.AccountInformation ?? [];
  const rates: Record<string, number> = Object.create(null);
  for (const { currency = "", fxRateToBase } of positions) {
    const rate = readNumber(fxRateToBase);
    if (currency !== "" && typeof rate === "number" && rate > 0) rates[currency] ??= rate;
  }
  for (const { fromCurrency = "", rate: text } of elements.ConversionRate ?? []) {
    const rate = readNumber(text);
    if (fromCurrency !== "" && typeof rate === "number" && rate > 0) rates[fromCurrency] ??= rate;
  }
  const ones = Object.keys(rates).filter((currency) => rates[currency] === 1);
  const base = information?.currency || (ones.length === 1 ? ones[0] : undefined);
  return {
    account: attributes.accountId ?? positions[0]?.accountId ?? "",
    ...{ base, rates: base === undefined ? rates : { ...rates, [base]: 1 } },
    day: positions.map(({ reportDate = "" }) => reportDate).find((day) => day !== "") ?? attributes.toDate ?? "",
  };
}

function positionRows(all: readonly FlexElement[], before: number, outer: FlexContext): readonly JsonRow[] {
  const keyOf = ({ accountId, conid, symbol }: FlexElement) => `${accountId ?? ""}/${conid || symbol}`;
  const summarised = new Set(all.filter(({ levelOfDetail }) => levelOfDetail !== "LOT").map(keyOf));
  const lots = new Map<string, FlexElement[]>();
  for (const element of all)
    if (element.levelOfDetail === "LOT") lots.set(keyOf(element), [...(lots.get(keyOf(element)) ?? []), element]);
  const done = new Set<string>();
  return all.flatMap((element, index): JsonRow[] => {
    const line = before + index + 1;
    const key = keyOf(element);
    const own = lots.get(key) ?? [];
    if (element.levelOfDetail !== "LOT") return [{ row: { element: "position", ...element }, line, outer }];
    if (summarised.has(key) || done.has(key)) return [];
    const joined = own.length > 1 ? joinedLots(own) : undefined;
    // Lots that cannot be added stand one by one, so that each bad cell is named.
    if (own.length > 1 && joined === undefined) return [{ row: { element: "position", ...element }, line, outer }];
    done.add(key);
    return [{ row: { element: "position", ...(joined ?? element) }, line, outer: { ...outer, lots: own.length } }];
  });
}

const added = ["position", "positionValue", "costBasisMoney", "fifoPnlUnrealized"];

/** Lots of one contract as one row; `undefined` when a quantity is no number. */
function joinedLots(lots: readonly FlexElement[]): Readonly<Record<string, unknown>> | undefined {
  const sums: Record<string, number> = {};
  for (const name of added) {
    const numbers = lots.map((lot) => readNumber(lot[name]));
    if (numbers.every((value) => typeof value === "number")) sums[name] = sum(numbers);
  }
  const { position = 0, costBasisMoney } = sums;
  if (!Object.hasOwn(sums, "position")) return undefined;
  const multiplier = readNumber(lots[0]?.multiplier);
  const size = position * (typeof multiplier === "number" ? multiplier : 1);
  const price = costBasisMoney === undefined || size === 0 ? "" : costBasisMoney / size;
  return { ...lots[0], ...sums, openPrice: price, costBasisPrice: price };
}

function cashRows({ elements }: FlexStatement, outer: FlexContext): readonly JsonRow[] {
  const all = elements.CashReportCurrency ?? [];
  const single = all.filter(({ currency }) => currency !== "BASE_SUMMARY");
  return (single.length > 0 ? single : []).map((row, index) => ({
    row: { element: "cash", ...row },
    line: index + 1,
    outer,
  }));
}
