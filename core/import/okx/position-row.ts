import type { StatedFigures } from "../../portfolio/index.ts";
import type { RowReader } from "../cells.ts";
import { present } from "../deribit/quote-row.ts";
import { addPosition, type Intake, noteIndexPrice, placeOf } from "../intake.ts";
import { okxContract } from "./contract.ts";

/** How two replies name the same figures of a position. */
export interface PositionColumns {
  readonly contracts: string;
  readonly profitLoss: string;
}

/**
 * One position: contracts × ctVal × ctMult in coins, or in USD for inverse futures; signed in net mode, by `posSide` in long/short mode.
 * Option prices are coin per coin.
 *
 * @source resources/docs/formats.md, section 10
 */
export function readOkxPosition(row: RowReader, intake: Intake, { contracts, profitLoss }: PositionColumns): void {
  if (row.text("instType") === "MARGIN") {
    const message = "a margin position is a loan and its coins: they enter with the account balance";
    row.leaveOut("margin positions come with the balance", message, "instType");
    return;
  }
  const contract = okxContract(row, "instId", intake);
  const size = row.requiredNumber(contracts);
  const side = row.text("posSide") ?? "net";
  const averagePrice = row.number("avgPx", { zeroIsNone: true });
  const stated: StatedFigures = present({
    markPrice: row.number("markPx", { atLeast: 0, zeroIsNone: true }),
    indexPrice: row.number("idxPx", { atLeast: 0, zeroIsNone: true }),
    delta: row.number("deltaBS"),
    initialMargin: row.number("imr"),
    maintenanceMargin: row.number("mmr"),
    profitLoss: row.number(profitLoss),
  });
  const taken = row.instant("uTime");
  if (contract === undefined || row.broken()) return;
  if (side === "short" && size < 0) {
    row.reject("pos and posSide agree", `posSide is "short" and ${contracts} is ${size}`, "posSide");
    return;
  }
  const { instrument } = contract;
  if (size === 0) {
    row.leaveOut("zero positions are left out", `${instrument.symbol} has size 0; it is left out`, contracts);
    return;
  }
  if (row.text("mgnMode") === "isolated") {
    const message = `${instrument.symbol} is isolated: the venue margins it by itself, outside the risk units`;
    row.warn("positions share one margin", message, "mgnMode");
  }
  if (taken !== undefined) intake.instants.push(taken);
  const { underlying, quote, payoff } = instrument;
  if (payoff === "linear" && stated.indexPrice !== undefined)
    noteIndexPrice(intake, `${underlying}-${quote}`, stated.indexPrice);
  addPosition(intake, {
    instrument,
    quantity: (side === "short" ? -size : size) * contract.size,
    ...(averagePrice === undefined ? {} : { averagePrice }),
    stated,
    origin: { at: placeOf(intake), quantity: String(row.raw(contracts)), unit: `contracts, ${side}` },
  });
}
