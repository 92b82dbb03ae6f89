import { failed, type Result, success } from "../../../base/index.ts";
import { type Instrument, parseDeribitSymbol, quantityUnit } from "../../../instrument/index.ts";
import type { IndexPrice, Quote } from "../../../market/index.ts";
import type { Component } from "../../../portfolio/index.ts";
import { isRecord } from "../../format.ts";
import { readNumber } from "../../read-number.ts";
import { deribitParameters } from "../deribit-parameters.ts";
import { defineOracle, type OracleContent } from "../oracle.ts";
import { entriesAt, memberAt, numberAt, statedNumber } from "../stated-number.ts";
import type { StatedAmount, StatedCell, StatedPosition, StatedVector } from "../venue-statement.ts";

/** Margins are printed to nine decimals or more. */
const decimals = 9;

/** Reply of private/pme/simulate: the whole extended risk matrix with its inputs. */
export default defineOracle({
  id: "deribit-pme-simulate",
  title: "Deribit private/pme/simulate",
  venue: "deribit",
  claims: (content) =>
    isRecord(content) &&
    isRecord(content.margins) &&
    (Object.hasOwn(content, "model_params") || Object.hasOwn(content, "aggregated_risk_vectors")),
  read: ({ content, answeredMs }) => simulation(content, answeredMs),
});

function simulation(content: unknown, answeredMs: number | undefined): Result<OracleContent> {
  const margins = entriesAt(content, "margins");
  const missing = ["model_params", "aggregated_risk_vectors", "initial_risk_vectors"].filter(
    (name) => !isRecord(memberAt(content, name)),
  );
  if (missing.length > 0 || margins.length === 0)
    return failed(
      "parse-error",
      `a reply of private/pme/simulate of another version: it has no ${[...missing, ...(margins.length === 0 ? ["margins"] : [])].join(", ")}`,
    );
  const cross = margins.some(([account]) => account.toLowerCase() === "cross");
  const notes: string[] = [];
  const { parameters, unknown } = deribitParameters(memberAt(content, "model_params"), cross);
  if (unknown.length > 0) notes.push(`parameters of the reply that the rulebook does not have: ${unknown.join(", ")}`);
  const listed = instruments(content, notes);
  const asOfMs = numberAt(content, "model_params", "general", "timestamp") ?? answeredMs;
  return success({
    venue: "deribit",
    methodologies: [cross ? "deribit-cross-portfolio" : "deribit-portfolio"],
    ...(asOfMs === undefined ? {} : { asOfMs }),
    ...(cross ? {} : { covers: { settlements: margins.map(([account]) => account.toUpperCase()) } }),
    amounts: margins.flatMap(([account, stated]) => accountAmounts(account, stated)),
    vectors: vectors(content, listed),
    parameters,
    positions: positions(content, listed, notes),
    quotes: quotes(content, listed),
    indices: indices(content),
    components: margins.flatMap(([account, stated]) => components(account, stated)),
    notes,
  });
}

function accountAmounts(key: string, stated: unknown): StatedAmount[] {
  const account = key.toLowerCase() === "cross" ? "cross" : key.toUpperCase();
  const unit = account === "cross" ? "USD" : account;
  const at = `margins.${key}`;
  const take = (
    path: readonly string[],
    label: string,
    component: StatedAmount["component"],
    lines: readonly string[],
  ): StatedAmount[] => {
    const number = statedNumber(memberAt(stated, ...path), decimals);
    if (number === undefined) return [];
    const { value: amount, digit } = number;
    const id = [at, ...path].join(".");
    return [{ id, label, account, component, amount, unit, digit, lines: lines.map((line) => `${account}/${line}`) }];
  };
  const details = "initial_margin_details";
  const matrix = [details, "risk_matrix_margin_details"] as const;
  const orders = (field: string, label: string, line: string) =>
    take([details, field], label, "orders", [`initial/${line}`, `initial/*/${line}`]);
  return [
    ...take(["initial_margin"], "Initial margin", "total", ["initial"]),
    ...take([details, "risk_matrix_margin"], "Risk matrix margin", "total", ["initial/matrix"]),
    ...take([...matrix, "worst_case"], "Worst case", "scenario", [
      "initial/matrix/worst-case/unrounded",
      "initial/matrix/worst-case",
    ]),
    ...take([...matrix, "delta_shock"], "Delta shock", "delta", ["initial/matrix/delta"]),
    ...take([...matrix, "roll_shock"], "Roll shock", "roll", ["initial/matrix/roll"]),
    ...take([...matrix, "correlation_contingency"], "Correlation contingency", "contingency", [
      "initial/matrix/correlation-contingency",
      "initial/matrix/*/correlation-contingency",
    ]),
    ...orders("mmp_margin", "Market maker protection", "market-maker-protection"),
    ...orders("open_orders_margin", "Open orders", "open-orders"),
    ...orders("spot_margin", "Spot orders", "spot-orders"),
    ...take(["maintenance_margin"], "Maintenance margin", "total", ["maintenance"]),
  ];
}

const componentFields = [
  [["mmp_margin"], "market-maker-protection"],
  [["open_orders_margin"], "open-orders"],
  [["spot_margin"], "spot-orders"],
  [["risk_matrix_margin_details", "correlation_contingency"], "correlation-contingency"],
] as const satisfies readonly (readonly [readonly string[], Component["id"]])[];

function components(key: string, stated: unknown): Component[] {
  const currency = key.toLowerCase() === "cross" ? "USD" : key.toUpperCase();
  return componentFields.flatMap(([path, id]): Component[] => {
    const amount = numberAt(stated, "initial_margin_details", ...path);
    return amount === undefined || amount < 0 ? [] : [{ id, currency, amount, basis: "imported" }];
  });
}

function instruments(content: unknown, notes: string[]): ReadonlyMap<string, Instrument> {
  const symbols = ["ticker", "initial_risk_vectors"].flatMap((name) =>
    entriesAt(content, name).map(([symbol]) => symbol),
  );
  const held = entriesAt(content, "portfolio", "position").map(([symbol]) => symbol);
  const found = new Map<string, Instrument>();
  for (const symbol of new Set([...symbols, ...held])) {
    const instrument = parseDeribitSymbol(symbol);
    if (instrument.ok) found.set(symbol, instrument.value);
    else notes.push(`${symbol}: ${instrument.failure.message}`);
  }
  return found;
}

/** Sizes are signed coins, also of inverse futures, whose quantity counts USD. */
function positions(content: unknown, listed: ReadonlyMap<string, Instrument>, notes: string[]): StatedPosition[] {
  return entriesAt(content, "portfolio", "position").flatMap(([symbol, raw]) => {
    const instrument = listed.get(symbol);
    const coins = readNumber(raw);
    if (instrument === undefined || typeof coins !== "number") return [];
    if (quantityUnit(instrument) === instrument.underlying) return [{ instrument, quantity: coins }];
    const mark = numberAt(content, "ticker", symbol, "mark_price");
    if (mark === undefined) {
      notes.push(`${symbol} has no mark price in the reply, so its size in ${instrument.quote} is not known`);
      return [];
    }
    return [{ instrument, quantity: coins * mark }];
  });
}

function quotes(content: unknown, listed: ReadonlyMap<string, Instrument>): Quote[] {
  return [...listed].flatMap(([symbol, instrument]): Quote[] => {
    const ticker = memberAt(content, "ticker", symbol);
    const [mark, iv, forward] = ["mark_price", "mark_iv", "underlying_price"].map((name) => numberAt(ticker, name));
    if (mark === undefined && iv === undefined) return [];
    return [
      {
        instrument,
        ...(mark === undefined ? {} : { mark }),
        ...(iv === undefined ? {} : { markVolatility: iv / 100 }),
        ...(forward === undefined ? {} : { underlyingPrice: forward }),
        at: `ticker.${symbol}`,
      },
    ];
  });
}

function indices(content: unknown): IndexPrice[] {
  return entriesAt(content, "index_price").flatMap(([name, raw]): IndexPrice[] => {
    const price = readNumber(raw);
    const [, coin] = /^([a-z0-9]+)_usd$/.exec(name) ?? [];
    if (coin === undefined || typeof price !== "number" || price <= 0) return [];
    return [{ underlying: coin.toUpperCase(), price, source: "quoted" }];
  });
}

function vectors(content: unknown, listed: ReadonlyMap<string, Instrument>): StatedVector[] {
  const ofInstruments = entriesAt(content, "initial_risk_vectors").flatMap(([symbol, stated]): StatedVector[] => {
    const instrument = listed.get(symbol);
    if (instrument === undefined) return [];
    const { underlying, settlement: unit } = instrument;
    return [
      {
        id: `initial_risk_vectors.${symbol}`,
        of: "instrument",
        symbol,
        underlying,
        unit,
        cells: cells(stated, ["standard"]),
      },
    ];
  });
  const ofUnits = (["pre_aggregated_risk_vectors", "aggregated_risk_vectors"] as const).flatMap((name) =>
    entriesAt(content, name).map(([pair, stated]): StatedVector => {
      const [base = pair, unit = base] = pair.toUpperCase().split("_");
      const of = name === "aggregated_risk_vectors" ? "unit" : "before-offsets";
      return { id: `${name}.${pair}`, of, underlying: base, unit, cells: cells(stated, ["standard", "extended"]) };
    }),
  );
  return [...ofInstruments, ...ofUnits];
}

/** Extended entries of one instrument are no profit of a scenario (5.5 of the reference), so they compare in the unit only. */
function cells(stated: unknown, groups: readonly string[]): StatedCell[] {
  return groups.flatMap((group) => {
    const values = memberAt(stated, group);
    if (!Array.isArray(values)) return [];
    return values.flatMap((raw, place): StatedCell[] => {
      const number = statedNumber(raw, decimals);
      return number === undefined ? [] : [{ group, place, amount: number.value, digit: number.digit }];
    });
  });
}
