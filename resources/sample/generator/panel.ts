import { gzipSync } from "fflate";
import { pathOf } from "./history.ts";
import { blackUsd } from "./option.ts";
import { dayName, rounded, smileVolatilityPercent, type Underlying } from "./underlying.ts";

const day = 86_400_000;
/** Mornings of the panel, half an hour after the daily expiry: calm, the fall of the sample history, and the days after it. */
const firstMorning = Date.UTC(2026, 0, 12, 8, 30);
const mornings = 42;
/** Fridays listed ahead. */
const weeksListed = 7;

const header = [
  ...["timestamp", "instrument_name", "underlying", "underlying_name", "option_type", "strike", "expiry_datetime"],
  ...["time_to_maturity", "bid_price", "ask_price", "mark_price", "implied_volatility", "index_price", "futures_price"],
];

export interface PanelFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Chains of one underlying on the mornings of the panel, one file each, that follow the sample history of prices and volatilities. */
export function panelFiles(underlying: Underlying): PanelFile[] {
  const closes = new Map(pathOf(underlying).map((past) => [past.date, past]));
  return Array.from({ length: mornings }, (_, place): PanelFile => {
    const atMs = firstMorning + place * day;
    const before = closes.get(dateOf(atMs - day));
    if (before === undefined) throw new Error(`the sample history has no ${dateOf(atMs - day)}`);
    // the term structure turns on the 30-day node of the history: near expiries move by more, far ones by less
    const { near, far, turn } = underlying.volatility;
    const node = near + (far - near) * (1 - Math.exp(-30 / 365 / turn));
    const level = before.volatility / node;
    const volatility = { near: near * level ** 1.15, far: far * level ** 0.6, turn };
    const text = chainCsv({ ...underlying, index: rounded(before.close, 2), volatility }, atMs);
    const name = `synthetic-chain-${underlying.currency.toLowerCase()}-${dateOf(atMs)}.csv.gz`;
    return { name, bytes: gzipSync(new TextEncoder().encode(text), { mtime: 0, level: 9 }) };
  });
}

function chainCsv(underlying: Underlying, atMs: number): string {
  const rows = fridaysAfter(atMs).flatMap((expiryMs) => expiryRows(underlying, atMs, expiryMs));
  return `${[header, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

function expiryRows(underlying: Underlying, atMs: number, expiryMs: number): string[][] {
  const { currency, index, basis, decimals, tick } = underlying;
  const years = (expiryMs - atMs) / (365 * day);
  const forward = rounded(index * Math.exp(basis.near * years), 4);
  const atTheMoney = smileVolatilityPercent(underlying, years, forward, forward) / 100;
  const reach = Math.max(0.08, 2.6 * atTheMoney * Math.sqrt(years));
  const step = underlying.strikeSteps.find((candidate) => (2 * reach * forward) / candidate <= 22) ?? 1_000;
  const first = Math.max(1, Math.ceil((forward * Math.exp(-reach)) / step));
  const last = Math.floor((forward * Math.exp(reach)) / step);
  const expiry = dayName(expiryMs);
  return Array.from({ length: last - first + 1 }, (_, place) => (first + place) * step).flatMap((strike) =>
    [true, false].map((isCall): string[] => {
      const percent = smileVolatilityPercent(underlying, years, forward, strike);
      const usd = blackUsd(forward, strike, (percent / 100) * Math.sqrt(years), isCall);
      const mark = rounded(usd / forward, decimals);
      const half = Math.max(tick, Math.round((0.02 * mark) / tick) * tick);
      const bid = Math.floor(mark / tick) * tick - half;
      return [
        ...[instant(atMs), `${currency}-${expiry}-${strike}-${isCall ? "C" : "P"}`, String(forward)],
        ...[`SYN.${currency}-${expiry}`, isCall ? "call" : "put", String(strike), instant(expiryMs), years.toFixed(8)],
        ...[bid > 0 ? bid.toFixed(4) : "", (Math.ceil(mark / tick) * tick + half).toFixed(4), mark.toFixed(decimals)],
        ...[(percent / 100).toFixed(4), String(index), ""],
      ];
    }),
  );
}

/** The Fridays after a morning, at eight; the one of the day itself has gone. */
function fridaysAfter(atMs: number): number[] {
  const midnight = Math.floor(atMs / day) * day;
  const ahead = (5 - new Date(midnight).getUTCDay() + 7) % 7 || 7;
  return Array.from({ length: weeksListed }, (_, week) => midnight + (ahead + 7 * week) * day + 8 * 3_600_000);
}

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const instant = (ms: number): string => new Date(ms).toISOString().replace(".000Z", "+00:00");
