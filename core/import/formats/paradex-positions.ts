import { present } from "../deribit/quote-row.ts";
import { defineFormat, firstHas, rowsOf } from "../format.ts";
import { addPosition, placeOf } from "../intake.ts";
import { paradexMarket, resultsOf } from "../paradex/market-name.ts";

/**
 * Reply of GET /v1/positions: sizes in coins; the side decides the sign, whatever sign the size has.
 *
 * @source Paradex API, list open positions
 */
export default defineFormat({
  id: "paradex-positions",
  title: "Paradex positions (/v1/positions)",
  kind: "positions",
  claims: (probe) =>
    probe.type === "json" && firstHas(resultsOf(probe.content), "market", "side", "size", "average_entry_price"),
  rows: (content) => rowsOf(resultsOf(content)),
  read(row, intake) {
    const instrument = paradexMarket(row, "market", intake);
    const size = row.requiredNumber("size");
    const side = row.requiredText("side");
    const averagePrice = row.number("average_entry_price", { zeroIsNone: true });
    const profitLoss = row.number("unrealized_pnl");
    const taken = row.instant("last_updated_at");
    if (instrument === undefined || row.broken()) return;
    if (row.text("status") === "CLOSED" || size === 0) {
      row.leaveOut("zero positions are left out", `${instrument.symbol} is closed; it is left out`, "status");
      return;
    }
    if ((side !== "LONG" && side !== "SHORT") || (side === "LONG" && size < 0)) {
      row.reject("size and side agree", `side is "${side}" and size is ${size}`, "side");
      return;
    }
    if (taken !== undefined) intake.instants.push(taken);
    addPosition(intake, {
      instrument,
      quantity: side === "SHORT" ? -Math.abs(size) : size,
      ...present({ averagePrice }),
      stated: present({ profitLoss }),
      origin: { at: placeOf(intake), quantity: String(row.raw("size")), unit: `${instrument.underlying}, ${side}` },
    });
  },
});
