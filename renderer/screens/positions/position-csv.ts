import type { CsvTable } from "../../app/download.ts";
import type { MarginResult } from "../../client/types.ts";
import { accountOf, positionFigures } from "./position-rows.ts";

/** Every position at full precision, margins and profit in the unit of its account and in USD. */
export function positionsCsv(result: MarginResult): CsvTable {
  return {
    header: [
      ...["symbol", "underlying", "kind", "expiry", "strike", "option type", "settlement", "account"],
      ...["quantity", "quantity unit", "mark", "implied volatility (fraction)", "forward", "index"],
      ...["delta (underlying)", "delta (USD per 1 %)", "gamma (USD per 1 % per 1 %)", "vega (USD per vol point)"],
      ...[
        "theta (USD per day)",
        "value (settlement)",
        "notional (USD)",
        "account unit",
        "stand-alone margin (account unit)",
      ],
      ...["stand-alone margin (USD)", "profit in binding scenario (account unit)", "profit in binding scenario (USD)"],
    ],
    rows: result.positions.map((position) => {
      const usd = positionFigures(result, position, "usd");
      const own = positionFigures(result, position, "account");
      const { symbol, underlying, kind, expiryMs, strike, optionType, settlement, terms } = position;
      return [
        ...[symbol, underlying, kind, expiryMs === undefined ? undefined : new Date(expiryMs).toISOString(), strike],
        ...[optionType, settlement, accountOf(result, position)?.id, position.quantity, position.quantityUnit],
        ...[terms.mark, usd.volatility, terms.forward, terms.index, usd.delta, usd.deltaMoney, usd.gammaMoney],
        ...[usd.vega, usd.theta, position.value, usd.notional, own.currency, own.standAlone, usd.standAlone],
        ...[own.bindingPnl, usd.bindingPnl],
      ];
    }),
  };
}
