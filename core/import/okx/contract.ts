import { type Instrument, knownOkxContractSize, parseOkxSymbol } from "../../instrument/index.ts";
import type { RowReader } from "../cells.ts";
import { decide, type Intake } from "../intake.ts";

/** A contract and what one of it is. */
export interface OkxContract {
  readonly instrument: Instrument;
  /** Underlying units of one contract; quote currency for inverse futures and perpetuals. */
  readonly size: number;
}

/**
 * The instrument an OKX row names: from the instrument list of the same import when it has the id, else from the grammar.
 *
 * @returns `undefined` after rejecting the row
 */
export function okxInstrument(row: RowReader, column: string, intake: Intake): Instrument | undefined {
  const name = row.requiredText(column);
  if (name === "") return undefined;
  const listed = intake.instruments.get(name);
  if (listed?.venue === "okx") return listed;
  const parsed = parseOkxSymbol(name);
  if (parsed.ok) return parsed.value;
  row.reject("the instrument name is known", parsed.failure.message, column);
  return undefined;
}

/**
 * The contract an OKX row names with its size. Without an instrument list the well-known sizes are used, and said so.
 *
 * @returns `undefined` after rejecting the row
 */
export function okxContract(row: RowReader, column: string, intake: Intake): OkxContract | undefined {
  const instrument = okxInstrument(row, column, intake);
  if (instrument === undefined) return undefined;
  const listed = intake.contractSizes.get(instrument.symbol);
  if (listed !== undefined) return { instrument, size: listed };
  const known = knownOkxContractSize(instrument);
  if (known === undefined) {
    const message = `the size of one ${instrument.symbol} is not known; import public/instruments with the file`;
    row.reject("the contract size is known", message, column);
    return undefined;
  }
  const unit =
    instrument.payoff === "inverse" && instrument.kind !== "option" ? instrument.quote : instrument.underlying;
  const family = `${instrument.underlying}-${instrument.quote} ${instrument.kind}`;
  decide(
    intake,
    `contract size of ${family}`,
    `${known} ${unit}`,
    "no instrument list was given: the usual size is taken",
  );
  return { instrument, size: known };
}
