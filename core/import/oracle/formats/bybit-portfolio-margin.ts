import { failed, type Result, success, unitOfPlace } from "../../../base/index.ts";
import { parseBybitSymbol } from "../../../instrument/index.ts";
import type { Quote } from "../../../market/index.ts";
import type { Balance, Component } from "../../../portfolio/index.ts";
import { isRecord } from "../../format.ts";
import { defineOracle, type OracleContent } from "../oracle.ts";
import { decimalsOf, memberAt, numberAt, recordsAt, statedNumber } from "../stated-number.ts";
import type { StatedAmount, StatedCell, StatedKind, StatedPosition, StatedVector } from "../venue-statement.ts";

type Row = Readonly<Record<string, unknown>>;

const decimals = 8;

/** Reply of asset/portfolio-margin: 11 price moves by 3 volatility states per instrument, contingencies, unit margins. */
export default defineOracle({
  id: "bybit-portfolio-margin",
  title: "Bybit asset/portfolio-margin",
  venue: "bybit",
  claims: (content) => isRecord(content) && Array.isArray(content.assetPnlRange),
  read: ({ content, answeredMs }) => read(content, answeredMs),
});

function read(content: unknown, answeredMs: number | undefined): Result<OracleContent> {
  const units = recordsAt(content, "assetPnlRange");
  if (units.length === 0) return failed("missing-data", "the reply of asset/portfolio-margin holds no risk unit");
  const old = units.filter((unit) => !isRecord(unit.contingency) || !isRecord(unit.asset));
  if (old.length > 0)
    return failed(
      "parse-error",
      "a reply of asset/portfolio-margin of another version: a unit has no contingency or asset",
    );
  const notes: string[] = [];
  const held = units.flatMap((unit) => heldIn(unit, notes));
  return success({
    venue: "bybit",
    methodologies: ["bybit-portfolio"],
    ...(answeredMs === undefined ? {} : { asOfMs: answeredMs }),
    covers: { underlyings: units.map(coinOf) },
    amounts: [...walletAmounts(content), ...units.flatMap(unitAmounts)],
    vectors: units.flatMap(vectors),
    positions: held.map(({ instrument, quantity }) => ({ instrument, quantity })),
    quotes: held.flatMap(({ quote }) => quote ?? []),
    components: units.flatMap(components),
    balances: balances(content),
    notes,
  });
}

interface Held extends StatedPosition {
  readonly quote?: Quote;
}

function heldIn(unit: Row, notes: string[]): Held[] {
  return instrumentRows(unit).flatMap((row): Held[] => {
    const parsed = parseBybitSymbol(String(row.symbolName));
    const quantity = numberAt(row, "position");
    if (!parsed.ok || quantity === undefined) {
      notes.push(`${String(row.symbolName)}: ${parsed.ok ? "its position is no number" : parsed.failure.message}`);
      return [];
    }
    const instrument = parsed.value;
    const mark = numberAt(row, "markPrice");
    if (quantity === 0) return [];
    return [
      { instrument, quantity, ...(mark === undefined ? {} : { quote: { instrument, mark, at: instrument.symbol } }) },
    ];
  });
}

function instrumentRows(unit: Row): readonly Row[] {
  return [
    ...recordsAt(unit, "perpPositionPnlRanges"),
    ...recordsAt(unit, "optionExpiryDatePnlRanges").flatMap((expiry) => recordsAt(expiry, "optionPositionPnlRanges")),
  ];
}

function coinOf(unit: Row): string {
  return String(unit.baseCoin);
}

interface Meaning {
  readonly id: string;
  readonly label: string;
  readonly component: StatedKind;
  readonly lines: readonly string[];
  readonly parts?: StatedAmount["parts"];
}

function amountAt(content: unknown, path: readonly string[], meaning: Meaning, sign = 1): StatedAmount[] {
  const number = statedNumber(memberAt(content, ...path), decimals);
  if (number === undefined) return [];
  const { value, digit } = number;
  const amount = sign * value;
  const { parts, ...rest } = meaning;
  return [
    {
      ...{ ...rest, account: "cross", unit: "USD", amount: amount === 0 ? 0 : amount, digit },
      ...(sign === 1 ? {} : { asPrinted: value }),
      ...(parts === undefined ? {} : { parts }),
    },
  ];
}

const walletFields = [
  ["accountIM", "Initial margin of the account", "total", "cross/initial"],
  ["accountMM", "Maintenance margin of the account", "total", "cross/maintenance"],
  ["equity", "Equity", "balance", "cross/equity"],
  ["marginBalance", "Margin balance", "balance", "cross/margin-balance"],
] as const;

/** The account holds more than the units listed, unless all are: the reply may be asked for one coin. */
function walletAmounts(content: unknown): StatedAmount[] {
  return walletFields.flatMap(([field, label, component, line]) =>
    amountAt(content, ["wallet", field], { id: `wallet.${field}`, label, component, lines: [line] }),
  );
}

const contingencies = [
  ["futureContingency", "Futures contingency", "future", undefined],
  ["optionContingency", "Option contingency", "option-contingency", "option-contingency"],
  ["optionVegaContingency", "Vega contingency", "vega-contingency", "vega-contingency"],
  ["futureDeltaContingency", "Delta contingency", "delta-contingency", "delta-contingency"],
  ["usdtUsdcContingency", "Stablecoin contingency", "stablecoin-contingency", "stablecoin-contingency"],
] as const satisfies readonly (readonly [string, string, string, Component["id"] | undefined])[];

function unitAmounts(unit: Row): StatedAmount[] {
  const coin = coinOf(unit);
  const top = `cross/maintenance/${coin}`;
  const loss = `${coin}.maxLoss`;
  const total = `${coin}.contingencyComponents`;
  const maintenance = `${coin}.assetMM`;
  return [
    ...amountAt(unit, ["asset", "assetIM"], {
      ...{ id: `${coin}.assetIM`, label: `Initial margin, ${coin}`, component: "total" },
      lines: [`cross/initial/${coin}`],
      parts: { ids: [loss, total], factor: initialFactor(unit) },
    }),
    ...amountAt(unit, ["asset", "assetMM"], {
      ...{ id: maintenance, label: `Maintenance margin, ${coin}`, component: "total", lines: [top] },
      parts: { ids: [loss, total], factor: 1 },
    }),
    ...maximumLoss(unit, loss, coin, top),
    ...amountAt(unit, ["contingency", "contingencyComponents"], {
      ...{ id: total, label: `Contingencies, ${coin}`, component: "contingency" },
      lines: [`${top}/contingency`],
      parts: { ids: contingencies.map(([field]) => `${coin}.${field}`), factor: 1 },
    }),
    ...contingencies.flatMap(([field, label, line]) =>
      amountAt(unit, ["contingency", field], {
        ...{ id: `${coin}.${field}`, label: `${label}, ${coin}`, component: "contingency" },
        lines: [`${top}/contingency/${line}`],
      }),
    ),
  ];
}

/** The venue prints initial over maintenance as one exact ratio. */
function initialFactor(unit: Row): number {
  const [initial, maintenance] = [numberAt(unit, "asset", "assetIM"), numberAt(unit, "asset", "assetMM")];
  return initial === undefined || maintenance === undefined || maintenance === 0
    ? 1
    : Number((initial / maintenance).toPrecision(12));
}

/** Stated as the profit at the worst price move: a loss is negative. */
function maximumLoss(unit: Row, id: string, coin: string, top: string): StatedAmount[] {
  const ranges = recordsAt(unit, "totalPnlRanges", "ALL", "pnlRanges");
  const worst = ranges.find((range) => Number(range.priceScale) === numberAt(unit, "maxLossPriceMove"));
  if (worst === undefined) return [];
  const meaning: Meaning = {
    id,
    label: `Maximum loss, ${coin}`,
    component: "scenario",
    lines: [`${top}/maximum-loss`],
  };
  // totals are written with eight decimals of which the last are always zero
  const digit = unitOfPlace(Math.max(...ranges.map((range) => decimalsOf(String(numberAt(range, "pnls", "0") ?? 0)))));
  return amountAt(worst, ["pnls", "0"], meaning, -1).map((stated) => ({ ...stated, digit }));
}

/** The whole account in USD. */
function balances(content: unknown): Balance[] {
  const [equity, marginBalance] = [numberAt(content, "wallet", "equity"), numberAt(content, "wallet", "marginBalance")];
  if (equity === undefined) return [];
  const stated = marginBalance === undefined ? {} : { marginBalance };
  return [{ currency: "USD", equity, ...stated, basis: "imported" }];
}

function components(unit: Row): Component[] {
  return contingencies.flatMap(([field, , , id]): Component[] => {
    const amount = numberAt(unit, "contingency", field);
    if (id === undefined || amount === undefined || amount < 0) return [];
    return [{ id, currency: "USD", underlying: coinOf(unit), amount, basis: "imported" }];
  });
}

/** Three values a move are [volatility up, same, down]; one value holds for all, or for the worst in totals. */
const states = ["up", "same", "down"] as const;

function vectors(unit: Row): StatedVector[] {
  const underlying = coinOf(unit);
  const of = (id: string, what: StatedVector["of"], ranges: readonly Row[], symbol?: string): StatedVector[] =>
    ranges.length === 0
      ? []
      : [
          {
            id,
            of: what,
            underlying,
            unit: "USD",
            cells: ranges.flatMap(cells),
            ...(symbol === undefined ? {} : { symbol }),
          },
        ];
  return [
    ...instrumentRows(unit).flatMap((row) => {
      const symbol = String(row.symbolName);
      return of(`${underlying}.${symbol}`, "instrument", recordsAt(row, "pnlRanges"), symbol);
    }),
    ...of(`${underlying}.totalPnlRanges.ALL`, "unit", recordsAt(unit, "totalPnlRanges", "ALL", "pnlRanges")),
  ];
}

function cells(range: Row): StatedCell[] {
  const priceMove = numberAt(range, "priceScale");
  const values = Array.isArray(range.pnls) ? range.pnls : [];
  if (priceMove === undefined) return [];
  return values.flatMap((raw: unknown, at): StatedCell[] => {
    const number = statedNumber(raw, decimals);
    const volatility = values.length === states.length ? states[at] : undefined;
    if (number === undefined) return [];
    const { value: amount, digit } = number;
    return [{ group: "standard", priceMove, amount, digit, ...(volatility === undefined ? {} : { volatility }) }];
  });
}
