import { failed, isoInstant, type Result, success } from "../base/index.ts";
import { deribitSymbol } from "./deribit-symbol.ts";
import {
  type Exercise,
  type Instrument,
  type InstrumentKind,
  instrumentId,
  type OptionType,
  type Payoff,
} from "./instrument.ts";

/** Contract terms as a person states them; what is left out follows from the rest. */
export interface StatedTerms {
  readonly kind: InstrumentKind;
  readonly venue: string;
  readonly underlying: string;
  /** Default: `USD`. */
  readonly quote?: string | undefined;
  /** Default: linear. */
  readonly payoff?: Payoff | undefined;
  /** Default: the underlying when inverse, the quote currency when linear. */
  readonly settlement?: string | undefined;
  /** UTC milliseconds; of futures and options only. */
  readonly expiryMs?: number | undefined;
  /** Of options only; > 0. */
  readonly strike?: number | undefined;
  readonly optionType?: OptionType | undefined;
  readonly exercise?: Exercise | undefined;
  /** Listed contracts: units of underlying of one contract; > 0. */
  readonly contractSize?: number | undefined;
  /** Default: a name made of the terms. */
  readonly symbol?: string | undefined;
}

/**
 * An instrument from its terms, for contracts that no file names.
 *
 * @returns `invalid-input` for an option without expiry, strike or type, a future without expiry, or terms that the kind does not have
 */
export function instrumentOfTerms(terms: StatedTerms): Result<Instrument> {
  const { kind, venue, underlying, quote = "USD", payoff = "linear", expiryMs, strike, optionType, exercise } = terms;
  const wrong = wrongTerms(terms);
  if (wrong !== undefined) return failed("invalid-input", wrong);
  const settlement = terms.settlement ?? (payoff === "inverse" ? underlying : quote);
  const symbol = terms.symbol ?? symbolOf({ ...terms, quote, payoff });
  const contract = {
    ...{ id: instrumentId(venue, symbol), venue, symbol, underlying, quote, payoff, settlement },
    ...(terms.contractSize === undefined ? {} : { contractSize: terms.contractSize }),
  };
  if (kind === "option" && expiryMs !== undefined && strike !== undefined && optionType !== undefined) {
    const style = exercise === undefined ? {} : { exercise };
    return success({ ...contract, kind, expiryMs, strike, optionType, ...style });
  }
  if (kind === "future" && expiryMs !== undefined) return success({ ...contract, kind, expiryMs });
  if (kind === "spot" || kind === "perpetual" || kind === "stock") return success({ ...contract, kind });
  return failed("invalid-input", `the terms of ${symbol} are not complete`);
}

function wrongTerms({ kind, payoff, expiryMs, strike, optionType, exercise }: StatedTerms): string | undefined {
  const stated = { expiryMs, strike, optionType, exercise };
  const needed = {
    option: ["expiryMs", "strike", "optionType"],
    future: ["expiryMs"],
    spot: [],
    perpetual: [],
    stock: [],
  };
  const lacking = needed[kind].filter((name) => stated[name as keyof typeof stated] === undefined);
  const article = kind === "option" ? "an" : "a";
  if (lacking.length > 0) return `${article} ${kind} needs ${lacking.join(", ")}`;
  const allowed = kind === "option" ? [...needed.option, "exercise"] : needed[kind];
  const extra = Object.entries(stated).filter(([name, value]) => value !== undefined && !allowed.includes(name));
  if (extra.length > 0) return `${article} ${kind} has no ${extra.map(([name]) => name).join(", ")}`;
  if (payoff === "inverse" && (kind === "spot" || kind === "stock")) return `a ${kind} is linear`;
  return undefined;
}

/** A Deribit-like name; the hour is written where it is not 08:00 UTC, so that different terms have different names. */
function symbolOf(terms: StatedTerms & { readonly quote: string; readonly payoff: Payoff }): string {
  const { kind, underlying, quote, payoff, expiryMs, strike, optionType, contractSize, exercise } = terms;
  if (kind === "stock") return underlying;
  const dated = {
    ...(expiryMs === undefined ? {} : { expiryMs }),
    ...(strike === undefined ? {} : { strike }),
    ...(optionType === undefined ? {} : { optionType }),
  };
  const name = deribitSymbol({ kind, underlying, quote, payoff, ...dated });
  const instant = expiryMs === undefined ? "" : isoInstant(expiryMs).slice(11);
  const more = [
    instant === "" || instant === "08:00:00Z" ? [] : instant,
    exercise === "american" ? exercise : [],
    contractSize === undefined ? [] : `×${contractSize}`,
  ].flat();
  return more.length === 0 ? name : `${name} (${more.join(", ")})`;
}
