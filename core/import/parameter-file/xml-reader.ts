import type { Failure } from "../../base/index.ts";
import type { AccountType, CombinedCommodity, CommoditySpread, RateDefinition } from "../../parameter-file/index.ts";
import { type Letters, lettersOf } from "./letters.ts";
import type { FamilySink, Findings, LayoutReader, ReadHeader } from "./reader.ts";
import { closeCommodityElement } from "./xml-commodity.ts";
import { closeContractElement } from "./xml-contract.ts";
import { containers } from "./xml-elements.ts";
import { type Frame, numberIn, rateIn, textIn } from "./xml-frame.ts";
import { xmlScanner } from "./xml-scanner.ts";

/** Names are the only texts whose letters matter. */
const lettered = new Set(["name", "pfCode", "cc"]);

/** What a file says of itself outside contracts and commodities. */
export interface XmlState {
  readonly findings: Findings;
  readonly sink: FamilySink;
  readonly accountTypes: AccountType[];
  readonly rateDefinitions: RateDefinition[];
  readonly conversions: { from: string; to: string; factor: number }[];
  readonly commodities: CombinedCommodity[];
  readonly interSpreads: CommoditySpread[];
  header: Partial<Pick<ReadHeader, "clearingHouse" | "date" | "cycle" | "scenarios" | "deltaPoints">>;
  deltaMonth?: "period" | "underlying";
  limitOptionValue?: boolean;
}

/**
 * Reads the XML layout, format 4.00: contracts go into the sink family by family, everything else is returned at the end.
 *
 * @param sink     takes families as they are read
 * @param findings counts, warnings and what is not understood
 * @param letters  how names are written
 * @source resources/docs/methodology/span-array.md, section 10
 */
export function xmlReader(sink: FamilySink, findings: Findings, letters: Letters): LayoutReader {
  const state: XmlState = {
    ...{ findings, sink, accountTypes: [], rateDefinitions: [], conversions: [], commodities: [], interSpreads: [] },
    header: {},
  };
  const frames: Frame[] = [];
  /** Elements open below one that is not understood. */
  let skipped = 0;
  let leafOpen = false;

  const open = (name: string): void => {
    if (skipped > 0) {
      skipped += 1;
      return;
    }
    if (leafOpen) {
      // What looked like a text holds elements: nothing in it may count for the element around it.
      leafOpen = false;
      skipped = 2;
      return;
    }
    if (containers.has(name)) frames.push({ name, texts: {} });
    else leafOpen = true;
  };

  const close = (name: string, text: string): void => {
    if (skipped > 0) {
      skipped -= 1;
      if (skipped === 0) findings.skip(`element ${name} in ${frames.at(-1)?.name ?? "the file"}`);
      return;
    }
    const frame = frames.at(-1);
    if (leafOpen) {
      leafOpen = false;
      if (frame !== undefined) takeText(frame, name, text);
      return;
    }
    frames.pop();
    const parent = frames.at(-1);
    if (frame !== undefined && parent !== undefined) closeElement(frame, parent, state, frames);
  };

  const takeText = (frame: Frame, name: string, text: string): void => {
    if (name === "a" && frame.name === "ra") {
      frame.array ??= [];
      frame.array.push(Number(text));
      return;
    }
    const used = containers.get(frame.name)?.get(name);
    if (used === undefined) findings.skip(`element ${name} in ${frame.name}`);
    else if (used) frame.texts[name] = lettered.has(name) ? lettersOf(text, letters) : text;
  };

  const scanner = xmlScanner({ open, close });
  return { push: scanner.push, end: () => scanner.end() ?? headerOf(state) };
}

function headerOf(state: XmlState): ReadHeader | Failure {
  const { header, accountTypes, rateDefinitions, conversions, commodities, interSpreads } = state;
  const { clearingHouse, date, cycle = "", scenarios, deltaPoints } = header;
  if (clearingHouse === undefined || date === undefined)
    return {
      reason: "parse-error",
      message: `the file names no ${clearingHouse === undefined ? "clearing organisation" : "business day"}; expected <pointInTime> with <date> and <clearingOrg> with <ec>`,
    };
  return {
    ...{ clearingHouse, date, cycle, layout: "xml" as const },
    ...{ accountTypes, rateDefinitions, conversions, commodities, interSpreads },
    ...(scenarios === undefined ? {} : { scenarios }),
    ...(deltaPoints === undefined ? {} : { deltaPoints }),
    ...(state.deltaMonth === undefined ? {} : { deltaMonth: state.deltaMonth }),
    ...(state.limitOptionValue === undefined ? {} : { limitOptionValue: state.limitOptionValue }),
  };
}

function closeElement(frame: Frame, parent: Frame, state: XmlState, frames: readonly Frame[]): void {
  const { findings } = state;
  const number = (name: string) => numberIn(frame, name, findings);
  const text = (name: string) => textIn(frame, name);
  switch (frame.name) {
    case "acctTypeDef": {
      const code = text("acctType");
      if (code === undefined) return;
      const flags = { customer: text("isCust") === "1", net: text("isNetMargin") === "1" };
      state.accountTypes.push({ code, name: text("name") ?? code, ...flags });
      return;
    }
    case "pbRateDef": {
      const bondClass = text("pbc");
      const of = { accountType: text("acctType") ?? "", customer: text("isCust") === "1" };
      const definition = { rate: rateIn(frame, findings), ...of, maintenance: text("isM") === "1" };
      state.rateDefinitions.push(bondClass === undefined ? definition : { ...definition, bondClass });
      return;
    }
    case "curConv": {
      const [from, to, factor] = [text("fromCur"), text("toCur"), number("factor")];
      if (from !== undefined && to !== undefined && factor !== undefined && factor > 0)
        state.conversions.push({ from, to, factor });
      return;
    }
    case "priceScanDef":
      parent.move = fractionIn(frame, findings);
      return;
    case "volScanDef":
      parent.volatilityMove = fractionIn(frame, findings);
      return;
    case "scanPointDef": {
      const point = number("point");
      if (point === undefined) return;
      parent.scenarios ??= [];
      parent.scenarios.push({
        ...{ point, priceFraction: frame.move ?? 0, volatilityFraction: frame.volatilityMove ?? 0 },
        ...{ weight: number("weight") ?? 1, paired: number("pairedPoint") ?? point },
      });
      return;
    }
    case "deltaPointDef":
      parent.deltaPoints ??= [];
      parent.deltaPoints.push({
        ...{ priceFraction: frame.move ?? 0, volatilityFraction: frame.volatilityMove ?? 0 },
        weight: number("weight") ?? 0,
      });
      return;
    case "pointDef":
      if (state.header.scenarios !== undefined) findings.skip("further pointDef");
      else state.header = { ...state.header, ...pointsOf(frame) };
      return;
    case "clearingOrg": {
      const clearingHouse = text("ec") ?? text("name");
      if (clearingHouse !== undefined) state.header = { ...state.header, clearingHouse };
      if (text("oopDeltaMeth") !== undefined)
        state.deltaMonth = text("oopDeltaMeth") === "PERIOD" ? "period" : "underlying";
      state.limitOptionValue = text("capAnov") === "1";
      return;
    }
    case "pointInTime": {
      const day = text("date")?.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
      const run = text("run");
      const cycle = [text("isSetl") === "0" ? "intraday" : "settlement", text("setlQualifier"), run];
      state.header = {
        ...state.header,
        ...(day === undefined ? {} : { date: day }),
        cycle: cycle.filter((word) => word !== undefined).join(" "),
      };
      return;
    }
    default:
      if (!closeContractElement(frame, parent, state, frames)) closeCommodityElement(frame, parent, state);
  }
}

function pointsOf({ scenarios, deltaPoints }: Frame): Pick<XmlState["header"], "scenarios" | "deltaPoints"> {
  const sorted = scenarios === undefined ? undefined : [...scenarios].sort((a, b) => a.point - b.point);
  return {
    ...(sorted === undefined ? {} : { scenarios: sorted }),
    ...(deltaPoints === undefined ? {} : { deltaPoints }),
  };
}

/** The exact fraction where the file has one: its decimals are rounded. */
function fractionIn(frame: Frame, findings: Findings): number {
  const numerator = numberIn(frame, "numerator", findings);
  const denominator = numberIn(frame, "denominator", findings);
  if (numerator !== undefined && denominator !== undefined && denominator !== 0) return numerator / denominator;
  return numberIn(frame, "mult", findings) ?? 0;
}
