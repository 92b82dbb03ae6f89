import { formatNumber } from "../../core/base/format.ts";
import type { ShockKind, StressShock } from "../client/stress.ts";

/** What the amount of a shock is in: percent for relative moves, points for volatilities and haircuts. */
type Unit = "percent" | "points" | "plain" | "days" | "liquidity";

export const shockKinds: readonly { readonly kind: ShockKind; readonly label: string }[] = [
  { kind: "price", label: "Price" },
  { kind: "volatility", label: "Volatility" },
  { kind: "skew", label: "Skew" },
  { kind: "term", label: "Term structure" },
  { kind: "basis", label: "Basis" },
  { kind: "funding", label: "Funding per 8 h" },
  { kind: "rate", label: "Rate" },
  { kind: "stablecoin", label: "Stablecoin" },
  { kind: "haircut", label: "Haircut" },
  { kind: "correlation", label: "Correlation" },
  { kind: "liquidity", label: "Liquidity" },
  { kind: "time", label: "Time" },
];

export const shockLabel = (kind: ShockKind): string => shockKinds.find((known) => known.kind === kind)?.label ?? kind;

/** Modes that a kind has; a kind without any is additive by its nature. */
export function modesOf(kind: ShockKind): readonly ("relative" | "absolute" | "level")[] {
  if (kind === "price" || kind === "volatility") return ["relative", "absolute", "level"];
  return kind === "stablecoin" ? ["relative", "level"] : [];
}

function unitOf(shock: StressShock): Unit {
  switch (shock.kind) {
    case "price":
      return shock.mode === "relative" ? "percent" : "plain";
    case "volatility":
      return shock.mode === "relative" ? "percent" : "points";
    case "stablecoin":
      return shock.mode === "relative" ? "percent" : "plain";
    case "skew":
    case "term":
    case "haircut":
      return "points";
    case "time":
      return "days";
    case "liquidity":
      return "liquidity";
    default:
      return "percent";
  }
}

/** Number of a shock in the unit people type it in; liquidity has several. */
function shownAmount(shock: StressShock): number {
  const amount = shock.kind === "time" ? shock.days : "amount" in shock ? shock.amount : 0;
  const unit = unitOf(shock);
  return unit === "percent" || unit === "points" ? Math.round(amount * 1e12) / 1e10 : amount;
}

/** `−38.81 %`, `+20 points`, `to 0.97`, `spread × 5, depth × 0.1`. */
export function amountText(shock: StressShock): string {
  if (shock.kind === "liquidity") {
    const parts = [
      ...[times("spread", shock.spreadTimes), times("depth", shock.depthTimes), times("volume", shock.volumeTimes)],
      shock.furtherDays === 0 ? "" : daysText(shock.furtherDays, " more"),
    ].filter((part) => part !== "");
    return parts.length === 0 ? "unchanged" : parts.join(", ");
  }
  if (shock.kind === "time") return daysText(shock.days);
  if (shock.kind === "correlation") return `${plain(shownAmount(shock))} % of the way to 1`;
  const level = "mode" in shock && shock.mode === "level";
  const suffix = { percent: " %", points: " points", plain: "", days: " days", liquidity: "" }[unitOf(shock)];
  const text = level ? `to ${plain(shownAmount(shock))}` : plain(shownAmount(shock), true);
  const funding = shock.kind === "funding" ? ` for ${daysText(shock.days)}` : "";
  return `${text}${suffix}${funding}`;
}

const daysText = (days: number, more = ""): string => `${plain(days)}${more} ${days === 1 ? "day" : "days"}`;

const times = (name: string, factor: number): string => (factor === 1 ? "" : `${name} × ${plain(factor)}`);

/** As many digits as there are, at most six significant. */
function plain(value: number, signed = false): string {
  const digits = Number(value.toPrecision(6));
  const decimals = Math.min(8, (String(Math.abs(digits)).split(".")[1] ?? "").length);
  return formatNumber(digits, { decimals, signed });
}

/** What stands in the cell while it is edited: `-38.81`. */
export function amountInput(shock: StressShock): string {
  if (shock.kind === "liquidity") {
    const { spreadTimes, depthTimes, volumeTimes, furtherDays } = shock;
    return `spread ${spreadTimes}, depth ${depthTimes}, volume ${volumeTimes}, days ${furtherDays}`;
  }
  return String(Number(shownAmount(shock).toPrecision(12)));
}

/** A shock with a typed amount, or why it is none. Percent and points may be written or left out. */
export function withAmount(shock: StressShock, text: string): StressShock | { readonly problem: string } {
  if (shock.kind === "liquidity") return withLiquidity(shock, text);
  const cleaned = text
    .trim()
    .replaceAll("−", "-")
    .replaceAll(",", "")
    .replace(/^to\s+/i, "")
    .replace(/\s*(%|points?|pts?|days?)$/i, "");
  const number = Number(cleaned);
  if (cleaned === "" || !Number.isFinite(number)) return { problem: `"${text}" is not a number` };
  if (shock.kind === "time") return { ...shock, days: number };
  const unit = unitOf(shock);
  return { ...shock, amount: unit === "percent" || unit === "points" ? number / 100 : number };
}

function withLiquidity(
  shock: Extract<StressShock, { kind: "liquidity" }>,
  text: string,
): StressShock | { readonly problem: string } {
  const found = {
    spread: shock.spreadTimes,
    depth: shock.depthTimes,
    volume: shock.volumeTimes,
    days: shock.furtherDays,
  };
  for (const part of text.split(",")) {
    const [, name = "", value = ""] = /^\s*(spread|depth|volume|days)\s*×?\s*([\d.]+)\s*$/i.exec(part) ?? [];
    const key = name.toLowerCase() as keyof typeof found;
    if (!(key in found) || !Number.isFinite(Number(value)) || value === "")
      return { problem: `"${part.trim()}" is not like "spread 5" (spread, depth, volume, days)` };
    found[key] = Number(value);
  }
  return {
    ...{ ...shock, spreadTimes: found.spread, depthTimes: found.depth },
    ...{ volumeTimes: found.volume, furtherDays: found.days },
  };
}

/** `7–30 d`; empty for all. */
export function tenorText(shock: StressShock): string {
  const tenor = "tenor" in shock ? shock.tenor : undefined;
  return tenor ? `${tenor.fromDays}–${tenor.toDays} d` : "";
}

/** `0.10–0.25`; empty for all. */
export function deltaText(shock: StressShock): string {
  const delta = shock.kind === "volatility" ? shock.delta : undefined;
  return delta ? `${delta.from}–${delta.to}` : "";
}

const range = /^\s*([\d.]+)\s*(?:-|–|to)\s*([\d.]+)\s*(?:d|days)?\s*$/i;

/** A shock with typed days to expiry; an empty text is all of them. */
export function withTenor(shock: StressShock, text: string): StressShock | { readonly problem: string } {
  if (!["price", "volatility", "skew", "basis", "rate"].includes(shock.kind))
    return { problem: `a ${shock.kind} shock has no tenors` };
  const { tenor: _, ...others } = shock as Extract<StressShock, { kind: "price" }>;
  if (text.trim() === "") return others;
  const [, from, to] = range.exec(text) ?? [];
  if (from === undefined || to === undefined) return { problem: `"${text}" is not like 7-30` };
  return { ...others, tenor: { fromDays: Number(from), toDays: Number(to) } };
}

/** A volatility shock with typed call deltas; an empty text is all of them. */
export function withDelta(shock: StressShock, text: string): StressShock | { readonly problem: string } {
  if (shock.kind !== "volatility") return { problem: "only volatility shocks have delta buckets" };
  const { delta: _, ...others } = shock;
  if (text.trim() === "") return others;
  const [, from, to] = range.exec(text) ?? [];
  if (from === undefined || to === undefined) return { problem: `"${text}" is not like 0.1-0.25` };
  return { ...others, delta: { from: Number(from), to: Number(to) } };
}

/** A new shock of a kind. */
export function newShock(kind: ShockKind, factor = "BTC"): StressShock {
  const set = { quality: "set" as const };
  switch (kind) {
    case "price":
      return { kind, factor, mode: "relative", amount: -0.1, ...set };
    case "volatility":
      return { kind, factor, mode: "relative", amount: 0.2, ...set };
    case "skew":
    case "term":
      return { kind, factor, amount: 0.05, ...set };
    case "basis":
      return { kind, factor, amount: -0.02, contracts: "both", ...set };
    case "funding":
      return { kind, factor, amount: 0.001, days: 3, ...set };
    case "rate":
      return { kind, factor, amount: 0.01, ...set };
    case "stablecoin":
      return { kind, factor: factor === "BTC" ? "USDT" : factor, mode: "level", amount: 0.97, ...set };
    case "haircut":
      return { kind, factor, amount: 0.2, ...set };
    case "correlation":
      return { kind, amount: 1, ...set };
    case "liquidity":
      return { kind, spreadTimes: 5, depthTimes: 0.1, volumeTimes: 0.25, furtherDays: 1, ...set };
    case "time":
      return { kind, days: 1, ...set };
  }
}

/** The moves of a scenario in one line: prices and volatilities first. */
export function shocksText(shocks: readonly StressShock[], most = 4): string {
  const order = (shock: StressShock): number => shockKinds.findIndex(({ kind }) => kind === shock.kind);
  const sorted = [...shocks].sort((a, b) => order(a) - order(b));
  const texts = sorted.slice(0, most).map((shock) => {
    const name = "factor" in shock ? (shock.factor === "*" ? "all" : shock.factor) : "";
    const word = shock.kind === "price" ? "" : shockLabel(shock.kind).toLowerCase();
    return [name, word, amountText(shock)].filter((part) => part !== "").join(" ");
  });
  const rest = sorted.length - texts.length;
  return rest > 0 ? `${texts.join(", ")}, and ${rest} more` : texts.join(", ");
}
