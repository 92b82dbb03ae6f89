/** The constants of one imaginary market. */
export interface Underlying {
  readonly currency: "BTC" | "ETH";
  readonly index: number;
  /** Decimals of a printed option price in coin, and its smallest step. */
  readonly decimals: number;
  readonly tick: number;
  readonly contractUsd: number;
  /** Annual basis of the futures: at once and far away. */
  readonly basis: { readonly near: number; readonly far: number };
  /** At-the-money volatility: at once and far away, fraction per √year, and how fast it turns, years. */
  readonly volatility: { readonly near: number; readonly far: number; readonly turn: number };
  /** Correlation and curvature of the SSVI slices. */
  readonly smile: { readonly rho: number; readonly eta: number };
  /** Steps a strike grid may have. */
  readonly strikeSteps: readonly number[];
  readonly openInterest: number;
}

export const underlyings: readonly Underlying[] = [
  {
    currency: "BTC",
    index: 94_250.55,
    decimals: 8,
    tick: 0.0001,
    contractUsd: 10,
    basis: { near: 0.045, far: 0.072 },
    volatility: { near: 0.39, far: 0.53, turn: 0.22 },
    smile: { rho: -0.28, eta: 1.05 },
    strikeSteps: [500, 1_000, 2_000, 5_000, 10_000, 20_000],
    openInterest: 900,
  },
  {
    currency: "ETH",
    index: 3_180.42,
    decimals: 6,
    tick: 0.0001,
    contractUsd: 1,
    basis: { near: 0.04, far: 0.066 },
    volatility: { near: 0.57, far: 0.71, turn: 0.25 },
    smile: { rho: -0.18, eta: 0.95 },
    strikeSteps: [25, 50, 100, 200, 250, 500, 1_000],
    openInterest: 9_000,
  },
];

const day = 86_400_000;

/** Friday 2026-11-20, half an hour after the daily expiry. */
export const asOfMs = Date.UTC(2026, 10, 20, 8, 30);

const expiryDates = ["2026-11-21", "2026-11-22", "2026-11-27", "2026-12-04", "2026-12-25"].concat([
  "2027-01-29",
  "2027-03-26",
  "2027-06-25",
  "2027-09-24",
]);
const futureDates = ["2026-11-27", "2026-12-25", "2027-03-26", "2027-06-25", "2027-09-24"];

const atEight = (date: string): number => Date.parse(`${date}T08:00:00Z`);
export const optionExpiries: readonly number[] = expiryDates.map(atEight);
export const futureExpiries: readonly number[] = futureDates.map(atEight);

export const yearsTo = (expiryMs: number): number => (expiryMs - asOfMs) / (365 * day);

/** `27NOV26`: the day has no leading zero. */
export function dayName(expiryMs: number): string {
  const date = new Date(expiryMs);
  const month = date.toLocaleString("en", { month: "short", timeZone: "UTC" }).toUpperCase();
  return `${date.getUTCDate()}${month}${String(date.getUTCFullYear()).slice(2)}`;
}

export function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

/** Mark of a listed future, to the cent. */
export function futureMark({ index, basis }: Underlying, expiryMs: number): number {
  const years = yearsTo(expiryMs);
  const rate = basis.near + (basis.far - basis.near) * (1 - Math.exp(-years / 0.4));
  return rounded(index * Math.exp(rate * years), 2);
}

/** Forward of an option expiry and the venue's name for it. */
export function forwardOf(underlying: Underlying, expiryMs: number): { readonly value: number; readonly name: string } {
  const { currency, index } = underlying;
  const name = `${currency}-${dayName(expiryMs)}`;
  if (futureExpiries.includes(expiryMs)) return { value: futureMark(underlying, expiryMs), name };
  const after = futureExpiries.find((future) => future > expiryMs) ?? expiryMs;
  const before = futureExpiries.filter((future) => future < expiryMs).at(-1);
  const start =
    before === undefined ? { ms: asOfMs, price: index } : { ms: before, price: futureMark(underlying, before) };
  const share = (expiryMs - start.ms) / (after - start.ms);
  const value = start.price + (futureMark(underlying, after) - start.price) * share;
  return { value: rounded(value, 4), name: `SYN.${name}` };
}

/** Volatility of a strike on the SSVI slice of its expiry, in percent to two decimals as printed. */
export function markVolatilityPercent(
  underlying: Underlying,
  expiryMs: number,
  forward: number,
  strike: number,
): number {
  return smileVolatilityPercent(underlying, yearsTo(expiryMs), forward, strike);
}

/** As `markVolatilityPercent`, a given time before expiry. */
export function smileVolatilityPercent(
  { volatility, smile }: Pick<Underlying, "volatility" | "smile">,
  years: number,
  forward: number,
  strike: number,
): number {
  const atTheMoney = volatility.near + (volatility.far - volatility.near) * (1 - Math.exp(-years / volatility.turn));
  const theta = atTheMoney ** 2 * years;
  const phi = smile.eta / (theta ** 0.42 * (1 + theta) ** 0.58);
  const k = phi * Math.log(strike / forward);
  const variance = (theta / 2) * (1 + smile.rho * k + Math.sqrt((k + smile.rho) ** 2 + 1 - smile.rho ** 2));
  return rounded(100 * Math.sqrt(variance / years), 2);
}

/** Strikes of an expiry: a grid of round numbers over some two and a half standard deviations on either side. */
export function strikesOf(underlying: Underlying, expiryMs: number): number[] {
  const forward = forwardOf(underlying, expiryMs).value;
  const sigma = markVolatilityPercent(underlying, expiryMs, forward, forward) / 100;
  const width = sigma * Math.sqrt(yearsTo(expiryMs));
  const [low, high] = [forward * Math.exp(-2.4 * width), forward * Math.exp(2.5 * width)];
  const step = underlying.strikeSteps.find((candidate) => (high - low) / candidate <= 23) ?? 1_000;
  const first = Math.max(step, Math.ceil(low / step) * step);
  return Array.from({ length: Math.floor((high - first) / step) + 1 }, (_, index) => first + index * step);
}
