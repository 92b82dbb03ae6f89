import type { ListedType } from "../../instrument/index.ts";
import type { ScanRange } from "../../market/index.ts";
import type { ContractFamily, ContractSeries, RiskContract, UnderlyingContract } from "../../parameter-file/index.ts";
import { contractsAtOnce, given, isoDayOf } from "./reader.ts";
import { type Frame, numberIn, textIn } from "./xml-frame.ts";
import type { XmlState } from "./xml-reader.ts";

const familyTypes: Readonly<Record<string, ListedType>> = {
  phyPf: "PHY",
  futPf: "FUT",
  cmbPf: "CMB",
  oofPf: "OOF",
  oopPf: "OOP",
  oocPf: "OOC",
};

/**
 * Takes the elements of contracts: arrays, options, series, families.
 *
 * @param frames elements still open around the frame, innermost (its parent) last
 * @returns whether the element was one of them
 */
export function closeContractElement(frame: Frame, parent: Frame, state: XmlState, frames: readonly Frame[]): boolean {
  const { findings } = state;
  const number = (name: string) => numberIn(frame, name, findings);
  const text = (name: string) => textIn(frame, name);
  switch (frame.name) {
    case "ra": {
      if (parent.array !== undefined) {
        findings.skip("further ra of a contract");
        return true;
      }
      const { array } = frame;
      if (array?.length === 16 && array.every(Number.isFinite)) parent.array = array;
      else if (array !== undefined)
        findings.warn(
          `an array of ${parent.name} ${textIn(parent, "cId") ?? ""} holds ${describe(array)}, expected 16 numbers`,
        );
      const delta = number("d");
      if (delta !== undefined) parent.delta = delta;
      return true;
    }
    case "scanRate": {
      const scan = scanOf(number);
      if (scan !== undefined) parent.scan ??= scan;
      return true;
    }
    case "intrRate":
      parent.interestRate = number("val") ?? 0;
      return true;
    case "divRate":
      parent.dividendYield = number("val") ?? 0;
      return true;
    case "undC":
    case "undPf":
      parent.underlying ??= given<UnderlyingContract>({
        exchange: text("exch"),
        product: text("pfCode"),
        contractId: text("cId"),
        familyId: text("pfId"),
      });
      return true;
    case "opt":
      parent.contracts ??= [];
      parent.contracts.push(optionOf(frame, state));
      return true;
    case "series":
    case "fut":
    case "phy":
    case "cmb":
      closeSeries(frame, parent, state, frames);
      return true;
    default: {
      if (familyTypes[frame.name] === undefined) return false;
      handOn(frame, parent, state);
      return true;
    }
  }
}

function describe(array: readonly number[]): string {
  const wrong = array.filter((value) => !Number.isFinite(value)).length;
  return wrong > 0 ? `${wrong} values that are no numbers` : `${array.length} values`;
}

function scanOf(number: (name: string) => number | undefined): ScanRange | undefined {
  const [money, fraction] = [number("priceScan"), number("priceScanPct")];
  const [absolute, relative] = [number("volScan"), number("volScanPct")];
  const price = money ?? fraction;
  if (price === undefined) return undefined;
  return {
    price,
    priceUnit: money === undefined ? "fraction" : "money",
    volatility: relative ?? absolute ?? 0,
    volatilityUnit: relative === undefined ? "absolute" : "relative",
  };
}

function optionOf(frame: Frame, { findings }: XmlState): RiskContract {
  const number = (name: string) => numberIn(frame, name, findings);
  const right = textIn(frame, "o");
  // The file's own `d` of an option is 0 in places; the array's is the composite delta.
  const own = number("d");
  return given<RiskContract>({
    right: right === "C" ? "call" : right === "P" ? "put" : undefined,
    strike: number("k"),
    contractId: textIn(frame, "cId"),
    price: number("p"),
    volatility: number("v"),
    delta: frame.delta ?? (own === 0 ? undefined : own),
    array: frame.array,
  });
}

function closeSeries(frame: Frame, parent: Frame, state: XmlState, frames: readonly Frame[]): void {
  const { findings } = state;
  const number = (name: string) => numberIn(frame, name, findings);
  const single = frame.name !== "series";
  const contractId = single ? textIn(frame, "cId") : undefined;
  const delta = frame.delta ?? number("d");
  const contracts: readonly RiskContract[] = single
    ? [
        given<RiskContract>({
          contractId,
          price: number("p"),
          delta,
          array: frame.array,
        }),
      ]
    : (frame.contracts ?? []);
  const size = positive(number("cvf")) ?? positive(numberIn(parent, "cvf", findings));
  const volatility = single ? undefined : number("v");
  const series = given<ContractSeries>({
    month: textIn(frame, "pe") ?? "",
    expiryDate: isoDayOf(textIn(frame, "setlDate")),
    years: number("t"),
    contractSize: size,
    deltaScaling: positive(number("sc")),
    volatility: volatility === 0 ? undefined : volatility,
    underlying: frame.underlying,
    interestRate: frame.interestRate,
    dividendYield: frame.dividendYield,
    scan: frame.scan,
    contracts,
  });
  parent.series ??= [];
  parent.series.push(series);
  parent.held = (parent.held ?? 0) + contracts.length;
  const around = frames.at(-2);
  if (parent.held >= contractsAtOnce && around !== undefined) {
    handOn(parent, around, state);
    parent.series = [];
    parent.held = 0;
  }
}

/** Gives what a family holds so far to the sink. */
function handOn(frame: Frame, exchange: Frame, { sink, findings }: XmlState): void {
  const series = frame.series ?? [];
  const product = textIn(frame, "pfCode");
  const type = familyTypes[frame.name];
  if (product === undefined || type === undefined) {
    findings.warn(`a <${frame.name}> without a product code; its ${series.length} months are left out`);
    return;
  }
  const exercise = textIn(frame, "exercise");
  const family = given<ContractFamily>({
    exchange: textIn(exchange, "exch") ?? "",
    product,
    type,
    familyId: textIn(frame, "pfId"),
    name: textIn(frame, "name"),
    currency: textIn(frame, "currency") ?? "",
    style: (textIn(frame, "valueMeth") ?? "").startsWith("FUT") ? "futures" : "premium",
    exercise: exercise === "AMER" ? "american" : exercise === "EURO" ? "european" : undefined,
    priceModel: textIn(frame, "priceModel"),
    series,
  });
  findings.take(family);
  sink(family);
}

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value > 0 ? value : undefined;
}
