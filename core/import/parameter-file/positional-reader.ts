import { type Failure, failure } from "../../base/index.ts";
import type { CombinedCommodity, CommoditySpread } from "../../parameter-file/index.ts";
import { PositionalArrays } from "./positional-array.ts";
import {
  type CommodityDraft,
  commodityOf,
  newDraft,
  takeDelivery,
  takeMonthTiers,
  takeScanning,
  takeSeriesSpread,
  takeTierSpread,
} from "./positional-commodity.ts";
import * as records from "./positional-record.ts";
import type { FamilySink, Findings, LayoutReader, ReadHeader } from "./reader.ts";

/** Types of accounts that the ratios of record `3 ` tell apart; `N` is the house's own. */
const accountTypes = [
  { code: "M", name: "Member", customer: false, net: true },
  { code: "N", name: "House", customer: false, net: true },
  { code: "H", name: "Hedger", customer: true, net: true },
  { code: "S", name: "Speculator", customer: true, net: true },
  { code: "O", name: "Omnibus, speculator", customer: true, net: false },
  { code: "Q", name: "Omnibus, hedger", customer: true, net: false },
];

/**
 * Reads the expanded positional layout (U2), line by line: arrays go into the sink family by family.
 *
 * @param sink     takes families as they are read
 * @param findings counts, warnings and record types that are not read
 * @param start    the beginning of the file
 * @returns a reader; a failure for other positional layouts, which have other columns
 * @source resources/docs/methodology/span-array.md, section 11
 */
export function positionalReader(sink: FamilySink, findings: Findings, start: string): LayoutReader | Failure {
  const refusal = otherLayout(start);
  if (refusal !== undefined) return refusal;
  const state = new PositionalState(sink, findings);
  let rest = "";
  const push = (text: string): Failure | undefined => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) state.take(line.endsWith("\r") ? line.slice(0, -1) : line);
    return rest.length > longestLine
      ? failure("parse-error", "a line of more than 4,096 characters; the file is damaged")
      : undefined;
  };
  return {
    push,
    end: () => {
      if (rest.trim() !== "") state.take(rest.trimEnd());
      return state.header();
    },
  };
}

const longestLine = 4096;

function otherLayout(start: string): Failure | undefined {
  const line = start.split("\n", 1)[0] ?? "";
  if (!line.startsWith("0 ")) {
    if (/^1[0-9]/.test(line))
      return failure(
        "unsupported",
        "the file looks like the London layout (record types 10 to 60), which is not read; expected the expanded layout U2 or XML",
      );
    return failure("parse-error", "the file is no parameter file: expected XML, or record `0 ` in the first line");
  }
  const format = line.slice(35, 37).trim();
  if (format === "U2") return undefined;
  return failure(
    "unsupported",
    `the header names layout ${JSON.stringify(format)}; expected U2, the expanded unpacked layout (older layouts have shorter records)`,
  );
}

class PositionalState {
  private readonly findings: Findings;
  private readonly arrays: PositionalArrays;
  private file: ReturnType<typeof records.headerRecord> | undefined;
  private readonly conversions: { from: string; to: string; factor: number }[] = [];
  private readonly drafts = new Map<string, CommodityDraft>();
  private readonly interSpreads: CommoditySpread[] = [];

  constructor(sink: FamilySink, findings: Findings) {
    this.findings = findings;
    this.arrays = new PositionalArrays(sink, findings);
  }

  take(line: string): void {
    if (line.trim() === "") return;
    switch (line.slice(0, 2)) {
      case "0 ":
        this.file ??= records.headerRecord(line);
        return;
      case "T ": {
        const { from, to, factor } = records.conversionRecord(line);
        if (factor !== undefined && factor > 0) this.conversions.push({ from, to, factor });
        return;
      }
      case "1 ":
        return;
      case "P ":
        this.arrays.prices(records.priceRecord(line));
        return;
      case "2 ":
        this.commodity(records.commodityRecord(line));
        return;
      case "S ":
        this.withDraft(records.scanningRecord(line), takeScanning);
        return;
      case "3 ":
        this.withDraft(records.monthTierRecord(line), takeMonthTiers);
        return;
      case "E ":
        this.withDraft(records.seriesSpreadRecord(line), takeSeriesSpread);
        return;
      case "C ":
        this.withDraft(records.tierSpreadRecord(line), takeTierSpread);
        return;
      case "4 ":
        this.withDraft(records.deliveryRecord(line), takeDelivery);
        return;
      case "B ":
        this.arrays.parameters(records.arrayParameterRecord(line));
        return;
      case "5 ": {
        const { group, codes } = records.groupRecord(line);
        for (const code of codes) {
          const draft = this.drafts.get(code);
          if (draft !== undefined) draft.group = group;
        }
        return;
      }
      case "6 ":
        this.commoditySpread(records.commoditySpreadRecord(line));
        return;
      case "81":
      case "83":
        this.arrays.first(records.arrayIdentity(line), line, records.firstValuesRecord(line));
        return;
      case "82":
      case "84":
        this.arrays.last(records.arrayIdentity(line), line, records.lastValuesRecord(line));
        return;
      default:
        this.findings.skip(`record ${JSON.stringify(line.slice(0, 2))}`);
    }
  }

  header(): ReadHeader | Failure {
    this.arrays.end();
    const { file, drafts, conversions, interSpreads } = this;
    if (file?.businessDate === undefined) return failure("parse-error", "record `0 ` names no business day");
    const cycles: Readonly<Record<string, string>> = { E: "early", F: "final", C: "complete" };
    const states = file.requirement === "M" ? "maintenance" : file.requirement === "I" ? "initial" : undefined;
    const commodities: CombinedCommodity[] = [...drafts.values()].map(commodityOf);
    return {
      clearingHouse: file.exchangeComplex,
      date: file.businessDate,
      cycle:
        `${file.settlement === "I" ? "intraday" : "settlement"} ${cycles[file.identifier] ?? file.identifier}`.trim(),
      layout: "positional",
      ...(states === undefined ? {} : { states }),
      accountTypes,
      rateDefinitions: [],
      conversions,
      limitOptionValue: file.limitOptionValue,
      commodities,
      interSpreads,
    };
  }

  private commodity(record: ReturnType<typeof records.commodityRecord>): void {
    const known = this.drafts.get(record.code);
    if (known === undefined) this.drafts.set(record.code, newDraft(record));
    else known.families.push(...record.families);
    const draft = known ?? this.drafts.get(record.code);
    if (draft !== undefined) this.arrays.commodity(draft);
  }

  private withDraft<R extends { readonly code: string }>(
    record: R,
    take: (draft: CommodityDraft, record: R, findings: Findings) => void,
  ): void {
    const draft = this.drafts.get(record.code);
    if (draft === undefined)
      this.findings.warn(`a record names ${record.code}, which no record 2 defines`, record.code);
    else take(draft, record, this.findings);
  }

  private commoditySpread(record: ReturnType<typeof records.commoditySpreadRecord>): void {
    const { group, priority, ratePercent, legs, method, target, creditMethod, tiers, minimumLegs } = record;
    if (!["", "01", "20", "04"].includes(method)) {
      this.findings.skip(`inter-commodity spread method ${method}`);
      return;
    }
    const flat = creditMethod === "F";
    this.interSpreads.push({
      ...{ group, priority, method: method === "04" ? "scanning" : "delta", credit: flat ? "flat" : "fraction" },
      rates: [{ rate: 1, value: flat ? ratePercent : ratePercent / 100 }],
      legs: legs.map((leg, index) => {
        const tier = tiers[index];
        return method === "20" && tier !== undefined ? { ...leg, tier } : leg;
      }),
      ...(target.code === "" ? {} : { target: { commodity: target.code, ratio: target.ratio ?? 1 } }),
      ...(minimumLegs === undefined || minimumLegs === 0 ? {} : { minimumLegs }),
    });
  }
}
