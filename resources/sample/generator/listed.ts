import { americanValue, europeanSpotValue, type SpotOption } from "../../../core/pricing/american/index.ts";

/** One instant for all rows, and the one expiry of all options. */
const asOf = "2026-01-13T21:00:00Z";
const expiry = "2026-03-20T20:00:00Z";
const years = (Date.parse(expiry) - Date.parse(asOf)) / (365 * 86_400_000);
const rate = 0.04;

interface Underlying {
  readonly name: string;
  readonly price: number;
  readonly dividendYield: number;
  readonly volatility: number;
  /** Index: European options on it; else a share with American ones. */
  readonly isIndex?: true;
}

const underlyings: readonly Underlying[] = [
  { name: "ALFA", price: 98, dividendYield: 0, volatility: 0.21 },
  { name: "BRAVO", price: 98, dividendYield: 0, volatility: 0.21 },
  { name: "CHARLIE", price: 98, dividendYield: 0, volatility: 0.21 },
  { name: "DELTA", price: 98, dividendYield: 0, volatility: 0.21 },
  { name: "ECHO", price: 98, dividendYield: 0, volatility: 0.21 },
  { name: "INDX", price: 1450, dividendYield: 0.018, volatility: 0.12, isIndex: true },
  { name: "INDF", price: 145, dividendYield: 0.018, volatility: 0.12 },
];

interface Holding {
  readonly of: string;
  /** Absent: the share. */
  readonly option?: { readonly strike: number; readonly right: "C" | "P" };
  /** Shares or contracts, long above 0. */
  readonly quantity: number;
}

/** Strategies of the published examples of 2007, one a name: prices and names are ours. */
const holdings: readonly Holding[] = [
  { of: "ALFA", option: { strike: 100, right: "C" }, quantity: -100 },
  { of: "BRAVO", quantity: 10_000 },
  { of: "BRAVO", option: { strike: 100, right: "C" }, quantity: -100 },
  { of: "CHARLIE", quantity: 10_000 },
  { of: "CHARLIE", option: { strike: 95, right: "P" }, quantity: 100 },
  { of: "DELTA", option: { strike: 100, right: "C" }, quantity: 100 },
  { of: "DELTA", option: { strike: 100, right: "P" }, quantity: 100 },
  { of: "ECHO", option: { strike: 95, right: "C" }, quantity: 100 },
  { of: "ECHO", option: { strike: 105, right: "C" }, quantity: -100 },
  { of: "INDF", quantity: 100_000 },
  { of: "INDX", option: { strike: 1460, right: "C" }, quantity: -100 },
  { of: "INDX", option: { strike: 1450, right: "P" }, quantity: 100 },
];

const terms = "symbol,underlying,kind,expiry,strike,right,exercise,contract_units";

/** A listed book and its market in the layout of the generic CSV. */
export function listedFiles(): { readonly name: string; readonly text: string }[] {
  const positions = holdings.map((holding) => `${termsOf(holding)},${holding.quantity}`);
  const market = underlyings.flatMap((underlying) => {
    const { name, price, dividendYield, isIndex } = underlying;
    const shared = `${price},${rate},${dividendYield},${asOf}`;
    const options = holdings.flatMap(({ of, option, ...rest }) =>
      of !== name || option === undefined
        ? []
        : [`${termsOf({ of, option, ...rest })},${markOf(underlying, option)},${shared}`],
    );
    return isIndex ? options : [`${name},${name},stock,,,,,,${price},${shared}`, ...options];
  });
  const head = `${terms},mark_price,index_price,rate,dividend_yield,timestamp`;
  return [
    { name: "synthetic-listed-positions.csv", text: `${[`${terms},quantity`, ...positions].join("\n")}\n` },
    { name: "synthetic-listed-market.csv", text: `${[head, ...market].join("\n")}\n` },
  ];
}

function termsOf({ of, option }: Holding): string {
  if (option === undefined) return `${of},${of},stock,,,,,`;
  const style = underlyings.find(({ name }) => name === of)?.isIndex ? "european" : "american";
  const { strike, right } = option;
  return `${of} ${expiry.slice(0, 10)} ${strike} ${right},${of},option,${expiry},${strike},${right},${style},100`;
}

function markOf(underlying: Underlying, { strike, right }: NonNullable<Holding["option"]>): string {
  const { price: spot, volatility: sigma, dividendYield, isIndex } = underlying;
  const option: SpotOption = { spot, strike, years, sigma, isCall: right === "C", rate, dividendYield };
  return (isIndex ? europeanSpotValue(option) : americanValue(option)).toFixed(2);
}
