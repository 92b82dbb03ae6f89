import type { ListedType } from "../../instrument/index.ts";
import type { ContractFamily, ContractSeries, RiskContract } from "../../parameter-file/index.ts";
import type { CommodityDraft } from "./positional-commodity.ts";
import type {
  arrayIdentity,
  arrayParameterRecord,
  firstValuesRecord,
  lastValuesRecord,
  priceRecord,
} from "./positional-record.ts";
import { contractsAtOnce, type FamilySink, type Findings, given } from "./reader.ts";

type Identity = ReturnType<typeof arrayIdentity>;
type Prices = ReturnType<typeof priceRecord>;
type Parameters = ReturnType<typeof arrayParameterRecord>;

/** Columns that must be equal in both records of an array. */
const [identityFrom, identityTo] = [2, 54];

const underlyingTypes: Readonly<Partial<Record<ListedType, ListedType>>> = { OOF: "FUT", OOP: "PHY", OOC: "CMB" };

/** Joins the array records of a positional file into families: both halves, the series' parameters, the family's prices. */
export class PositionalArrays {
  private readonly sink: FamilySink;
  private readonly findings: Findings;
  private readonly priced = new Map<string, Prices>();
  private readonly seriesParameters = new Map<string, Parameters>();
  private readonly familiesOf = new Map<string, { readonly draft: CommodityDraft; readonly exponent: number }>();
  private half:
    | {
        readonly line: string;
        readonly identity: Identity;
        readonly values: readonly (number | undefined)[];
        readonly settlement: number | undefined;
      }
    | undefined;
  private family:
    | {
        readonly identity: Identity;
        readonly series: { readonly identity: Identity; readonly contracts: RiskContract[] }[];
      }
    | undefined;
  private held = 0;

  constructor(sink: FamilySink, findings: Findings) {
    this.sink = sink;
    this.findings = findings;
  }

  commodity(draft: CommodityDraft): void {
    for (const { product, type, arrayExponent } of draft.families)
      this.familiesOf.set(`${draft.exchange}/${product}/${type}`, {
        draft,
        exponent: draft.riskExponent + arrayExponent,
      });
  }

  prices(record: Prices): void {
    this.priced.set(`${record.exchange}/${record.product}/${record.type}`, record);
  }

  parameters(record: Parameters): void {
    this.seriesParameters.set(seriesKey(record), record);
  }

  first(identity: Identity, line: string, record: ReturnType<typeof firstValuesRecord>): void {
    this.dropHalf();
    this.half = { line, identity, values: record.values, settlement: record.settlement };
  }

  last(identity: Identity, line: string, record: ReturnType<typeof lastValuesRecord>): void {
    const { half } = this;
    if (half === undefined || half.line.slice(identityFrom, identityTo) !== line.slice(identityFrom, identityTo)) {
      this.dropHalf();
      this.findings.warn(`${nameOf(identity)}: the second half of an array without its first`, nameOf(identity));
      return;
    }
    this.half = undefined;
    this.add(identity, [...half.values, ...record.values], half.settlement, record);
  }

  end(): void {
    this.dropHalf();
    this.flush();
  }

  private dropHalf(): void {
    if (this.half !== undefined)
      this.findings.warn(
        `${nameOf(this.half.identity)}: the first half of an array without its second`,
        nameOf(this.half.identity),
      );
    this.half = undefined;
  }

  private add(
    identity: Identity,
    integers: readonly (number | undefined)[],
    precise: number | undefined,
    record: ReturnType<typeof lastValuesRecord>,
  ): void {
    const key = familyKeyOf(identity);
    if (this.family === undefined || familyKeyOf(this.family.identity) !== key) {
      this.flush();
      this.family = { identity, series: [] };
    }
    const { series } = this.family;
    let current = series.at(-1);
    if (current === undefined || seriesKey(current.identity) !== seriesKey(identity)) {
      current = { identity, contracts: [] };
      series.push(current);
    }
    const scale = 10 ** (this.familiesOf.get(key)?.exponent ?? 0);
    const prices = this.priced.get(key);
    const complete = integers.every((value): value is number => value !== undefined);
    if (!complete)
      this.findings.warn(`${nameOf(identity)}: an array with values that are no numbers`, nameOf(identity));
    const isOption = identity.right !== undefined;
    const settlement = record.settlement ?? precise;
    current.contracts.push(
      given<RiskContract>({
        right: identity.right,
        strike:
          isOption && identity.strike !== undefined
            ? (record.strikeSign * identity.strike) / 10 ** (prices?.strikeDecimals ?? 0)
            : undefined,
        price: settlement === undefined || prices === undefined ? undefined : settlement / 10 ** prices.priceDecimals,
        volatility: isOption ? record.volatility : undefined,
        delta: record.delta,
        array: complete ? integers.map((value) => value * scale) : undefined,
      }),
    );
    this.held += 1;
    if (this.held >= contractsAtOnce) this.flush();
  }

  private flush(): void {
    const { family, held } = this;
    this.family = undefined;
    this.held = 0;
    if (family === undefined || held === 0) return;
    const { identity } = family;
    const key = familyKeyOf(identity);
    const prices = this.priced.get(key);
    const owner = this.familiesOf.get(key);
    if (prices === undefined)
      this.findings.warn(`family ${key} has arrays but no record P: its prices are not known`, key);
    if (identity.type === undefined) {
      this.findings.warn(`arrays of ${identity.product} have a type that is not known`, key);
      return;
    }
    const exercise = prices?.exercise;
    const made = given<ContractFamily>({
      exchange: identity.exchange,
      product: identity.product,
      type: identity.type,
      name: prices?.name === "" ? undefined : prices?.name,
      currency: prices?.currency ?? owner?.draft.currency ?? "",
      style: owner?.draft.optionStyle === "F" ? "futures" : "premium",
      exercise: exercise === "AMER" ? "american" : exercise === "EURO" ? "european" : undefined,
      priceModel: family.series
        .map(({ identity: of }) => this.seriesParameters.get(seriesKey(of))?.priceModel)
        .find((model) => model !== undefined && model !== ""),
      series: family.series.map(({ identity: of, contracts }) => this.seriesOf(of, contracts, prices)),
    });
    this.findings.take(made);
    this.sink(made);
  }

  private seriesOf(identity: Identity, contracts: readonly RiskContract[], prices: Prices | undefined): ContractSeries {
    const parameters = this.seriesParameters.get(seriesKey(identity));
    const { type, futureMonth, optionMonth } = identity;
    const isOption = type !== undefined && underlyingTypes[type] !== undefined;
    const month = (isOption ? optionMonth : futureMonth) ?? optionMonth ?? "";
    const size = parameters?.contractSize;
    const volatility = parameters?.volatility;
    return given<ContractSeries>({
      month,
      futureMonth: isOption ? futureMonth : undefined,
      expiryDate: parameters?.expiryDate,
      years: parameters?.years,
      contractSize: size !== undefined && size > 0 ? size : positive(prices?.contractSize),
      deltaScaling: positive(parameters?.deltaScaling),
      // 99.999999 stands for none.
      volatility: volatility !== undefined && volatility > 0 && volatility < 99 ? volatility : undefined,
      underlying: isOption
        ? given({
            exchange: identity.exchange,
            product: identity.underlyingProduct,
            type: type === undefined ? undefined : underlyingTypes[type],
            month: futureMonth,
          })
        : undefined,
      interestRate: parameters?.interestRate,
      scan: parameters?.scan,
      contracts,
    });
  }
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}

function familyKeyOf({ exchange, product, type }: Pick<Identity, "exchange" | "product" | "type">): string {
  return `${exchange}/${product}/${type}`;
}

function seriesKey(of: Pick<Identity, "exchange" | "product" | "type" | "futureMonth" | "optionMonth">): string {
  return `${familyKeyOf(of)}/${of.futureMonth ?? ""}/${of.optionMonth ?? ""}`;
}

function nameOf({ type, product, futureMonth, optionMonth, right, strike }: Identity): string {
  const month = optionMonth ?? futureMonth ?? "";
  return `${type ?? ""} ${product} ${month}${right === undefined ? "" : ` ${right} ${strike}`}`.trim();
}
