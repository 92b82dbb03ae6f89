import { closeMinutes, newYorkMs } from "../../instrument/index.ts";
import { noteDollarRates } from "../broker/dollar-rates.ts";
import { flexContract } from "../broker/flex-contract.ts";
import { type FlexContext, flexRows } from "../broker/flex-rows.ts";
import type { FlexContent } from "../broker/flex-xml.ts";
import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { defineFormat, isRecord } from "../format.ts";
import { addPosition, decide, type Intake, noteIndexPrice, placeOf } from "../intake.ts";
import { readInstant } from "../read-instant.ts";

/**
 * Open positions and cash of Interactive Brokers, as a Flex query answers (XML).
 *
 * @source resources/docs/formats.md, section 17.2
 */
export default defineFormat({
  id: "ibkr-flex",
  title: "Interactive Brokers Flex query (XML)",
  kind: "positions",
  claims: (probe) => probe.type === "json" && isFlexContent(probe.content),
  rows: (content) => (isFlexContent(content) ? flexRows(content) : []),
  read(row, intake, outer) {
    const context = outer as FlexContext & { readonly lots?: number };
    noteDollarRates(intake, context.rates, context.base, "fxRateToBase");
    noteDay(intake, context.day);
    if (row.raw("element") === "cash") readCash(row, intake, context);
    else readPosition(row, intake, context);
  },
});

function isFlexContent(content: unknown): content is FlexContent {
  return isRecord(content) && Array.isArray(content.flexStatements) && content.flexStatements.every(isStatement);
}

function isStatement(value: unknown): boolean {
  return isRecord(value) && isRecord(value.attributes) && isRecord(value.elements);
}

function noteDay(intake: Intake, day: string): void {
  const reading = readInstant(day);
  if (reading.kind !== "instant") return;
  const isoDay = new Date(reading.ms).toISOString().slice(0, 10);
  const closed = newYorkMs(isoDay, closeMinutes);
  if (closed === undefined || intake.instants.includes(closed)) return;
  intake.instants.push(closed);
  decide(intake, "time of the prices", `${isoDay} 16:00 New York`, "the query states a day: the close of that day");
}

/** Relative distance between the stated value and quantity × multiplier × mark that is reported. */
const valueTolerance = 0.01;

function readPosition(row: RowReader, intake: Intake, context: FlexContext & { readonly lots?: number }): void {
  const instrument = flexContract(row, intake);
  const count = row.requiredNumber("position");
  const markPrice = row.number("markPrice");
  const averagePrice = row.number("openPrice") ?? row.number("costBasisPrice");
  const profitLoss = row.number("fifoPnlUnrealized");
  const value = row.number("positionValue");
  if (instrument === undefined || row.broken()) return;
  const { symbol, underlying } = instrument;
  if (count === 0) {
    row.leaveOut("zero positions are left out", `${symbol} has quantity 0; it is left out`, "position");
    return;
  }
  const quantity = count * (instrument.contractSize ?? 1);
  const computed = quantity * (markPrice ?? 0);
  if (
    value !== undefined &&
    markPrice !== undefined &&
    Math.abs(value - computed) > valueTolerance * Math.abs(computed)
  )
    row.warn(
      "positionValue is position × multiplier × markPrice",
      `positionValue is ${value}, the other columns give ${computed}`,
      "positionValue",
    );
  if ((instrument.kind === "stock" || instrument.kind === "spot") && markPrice !== undefined && markPrice > 0)
    noteIndexPrice(intake, underlying, markPrice);
  if ((context.lots ?? 0) > 1) decide(intake, `lots of ${symbol}`, `${context.lots} added`, "there is no SUMMARY row");
  if (row.text("side") === "Short" && count > 0)
    row.warn("side and sign agree", `side is Short and position is ${count}; the sign is believed`, "side");
  const account = row.text("accountId") ?? (context.account || undefined);
  const indexPrice = instrument.kind === "spot" ? markPrice : undefined;
  const figures = present({ markPrice, indexPrice, profitLoss });
  addPosition(intake, {
    instrument,
    quantity,
    ...present({ averagePrice, account }),
    ...(Object.keys(figures).length === 0 ? {} : { stated: figures }),
    origin: {
      at: placeOf(intake),
      quantity: String(row.raw("position")).trim(),
      unit: instrument.contractSize === undefined ? "units" : `contracts of ${instrument.contractSize}`,
    },
  });
}

/** Cash of a currency, with what is held in it at its mark: futures are paid every day. */
function readCash(row: RowReader, intake: Intake, { account }: FlexContext): void {
  const currency = row.requiredText("currency");
  const balance = row.requiredNumber("endingCash");
  if (row.broken()) return;
  const held = intake.positions.filter(
    (position) =>
      position.instrument.settlement === currency &&
      position.instrument.kind !== "future" &&
      position.origin?.at.startsWith(`${intake.file}:`) === true &&
      (account === "" || position.account === account),
  );
  const worth = held.reduce((total, { quantity, stated }) => total + quantity * (stated?.markPrice ?? 0), 0);
  decide(
    intake,
    `equity in ${currency}`,
    "ending cash and the value of positions in it",
    "the cash report states cash",
  );
  intake.balances.push({ currency, equity: balance + worth, balance, basis: "imported" });
}
