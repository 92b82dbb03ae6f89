import { failed, type Result, success } from "../base/index.ts";
import type { VenueStatement } from "../import/index.ts";
import { buildSnapshot, type MarketSnapshot } from "../market/index.ts";
import type { Portfolio, PositionId } from "../portfolio/index.ts";

/**
 * Portfolio and market of a reply that states its own positions and prices: the venue's example as a case of ours.
 *
 * @returns `missing-data` when the reply lists no positions, no prices, or no time
 */
export function statementInputs(
  statement: VenueStatement,
): Result<{ readonly portfolio: Portfolio; readonly market: MarketSnapshot }> {
  const { venue, positions, quotes, indices, asOfMs, sources, components, balances } = statement;
  const name = sources.map((source) => source.name).join(", ");
  const missing = [
    ...(positions === undefined || positions.length === 0 ? ["positions"] : []),
    ...(quotes.length === 0 && indices.length === 0 ? ["prices"] : []),
    ...(asOfMs === undefined ? ["time"] : []),
  ];
  if (positions === undefined || asOfMs === undefined || missing.length > 0)
    return failed(
      "missing-data",
      `${name} states no ${missing.join(" and no ")}: give the positions and the market as files of their own`,
    );
  const held = positions.map(({ instrument, quantity }) => ({
    id: instrument.symbol as PositionId,
    instrument,
    quantity,
  }));
  return success({
    portfolio: { name, venue, positions: held, balances, components, asOfMs, sources },
    market: buildSnapshot({ name, venue, asOfMs, quotes, indices, sources }),
  });
}
