import type { Portfolio, Position } from "../portfolio/index.ts";
import { contractOf } from "./contract-lookup.ts";
import { listedInstrument } from "./listed-instrument.ts";
import type { ParameterFile } from "./parameter-file.ts";

/**
 * A portfolio whose listed positions have the terms of a parameter file: contract size, expiry, currency, combined commodity.
 * A position that says no contract size counted contracts until now; it counts underlying units from here on.
 *
 * @returns positions the file does not have, or states another contract size for, stay as they are; the same object for the
 *          same inputs, because neither changes
 */
export function completedPortfolio(portfolio: Portfolio, file: ParameterFile): Portfolio {
  const byFile = completed.get(portfolio) ?? new WeakMap<ParameterFile, Portfolio>();
  completed.set(portfolio, byFile);
  const known = byFile.get(file);
  if (known !== undefined) return known;
  const made = { ...portfolio, positions: portfolio.positions.map((position) => completedPosition(position, file)) };
  byFile.set(file, made);
  return made;
}

const completed = new WeakMap<Portfolio, WeakMap<ParameterFile, Portfolio>>();

function completedPosition(position: Position, file: ParameterFile): Position {
  const { instrument, quantity } = position;
  if (instrument.listing === undefined) return position;
  const found = contractOf(file, instrument);
  if (!found.ok) return position;
  const size = found.value.series.contractSize;
  if (size === undefined) return position;
  const own = instrument.contractSize;
  if (own !== undefined && Math.abs(own / size - 1) > 1e-9) return position;
  const terms = listedInstrument(found.value, instrument.venue, size);
  const averagePrice = position.averagePrice;
  return {
    ...position,
    instrument: terms,
    quantity: own === undefined ? quantity * size : quantity,
    ...(averagePrice === undefined ? {} : { averagePrice }),
  };
}
