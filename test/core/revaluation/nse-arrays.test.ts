import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { instrumentId, type Option } from "../../../core/instrument/index.ts";
import { standardScenarios } from "../../../core/parameter-file/index.ts";
import { generatedArray } from "../../../core/revaluation/index.ts";
import type { ArrayGeneration } from "../../../core/scenario/index.ts";
import { describeWithSharedData } from "../../shared-data.ts";

interface Row {
  readonly expiry: string;
  readonly strike: number;
  readonly isCall: boolean;
  /** Loss of a short option in its worst scenario, INR per unit. */
  readonly worst: number;
  readonly spot: number;
}

function rowsOf(path: string): readonly Row[] {
  const [header = "", ...lines] = gunzipSync(readFileSync(path)).toString("utf8").trim().split(/\r?\n/);
  const place = new Map(header.split(",").map((name, index) => [name, index]));
  return lines.map((line) => {
    const cells = line.split(",");
    const cell = (name: string) => cells[place.get(name) ?? -1] ?? "";
    return {
      ...{ expiry: cell("expiry"), strike: Number(cell("strike")), isCall: cell("type") === "C" },
      ...{ worst: Number(cell("worst_RA_per_unit")), spot: Number(cell("spot_from_rpf")) },
    };
  });
}

const day = Date.UTC(2025, 7, 8);
const sources = { forward: "mark", mark: "quoted" } as const;

/** Fitted to the worst values; the files print none of them. The volatility is one for all strikes and months. */
const fitted = {
  ...{ nearRange: 0.113, farRange: 0.177, farDays: 275, volatilityRange: 0.05, rate: 0.0609 },
  generation: { points: standardScenarios(2, 0.35), lookAheadYears: 2 / 365, base: "theoretical" },
} as const;

/** Loss of one short option in the worst scenario of an array made here. */
function madeWorst(
  { expiry, strike, isCall, spot }: Row,
  volatility: number,
  generation: ArrayGeneration = fitted.generation,
  volatilityUnit: "absolute" | "relative" = "absolute",
): number {
  const days = (Date.parse(`${expiry}T00:00:00Z`) - day) / 86_400_000;
  const option: Option = {
    ...{ id: instrumentId("nse", "x"), venue: "nse", symbol: "x", underlying: "BANKNIFTY", quote: "INR" },
    ...{ settlement: "INR", payoff: "linear", kind: "option", expiryMs: 0, strike, contractSize: 1 },
    optionType: isCall ? "call" : "put",
  };
  const scan = {
    ...{ price: days > fitted.farDays ? fitted.farRange : fitted.nearRange, priceUnit: "fraction" as const },
    volatility: volatilityUnit === "absolute" ? fitted.volatilityRange : 0.25,
    volatilityUnit,
  };
  const carry = { rate: fitted.rate, dividendYield: 0, dividends: [], yieldSource: "stated" } as const;
  // The files count one day more than the calendar.
  const terms = { index: spot, forward: spot, years: (days + 1) / 365, volatility, mark: 0, scan, sources, carry };
  return -Math.min(...generatedArray({ instrument: option, terms }, generation));
}

describeWithSharedData("worst array values of BANKNIFTY options, NSCCL files of 2025-08-08", (path) => {
  const largest = (rows: readonly Row[], worst: (row: Row) => number) =>
    Math.max(...rows.map((row) => Math.abs(worst(row) - row.worst)));

  it.each([
    ["span_01.csv.gz", 0.184283484375],
    ["span_03.csv.gz", 0.184018209],
  ])("of %s are reproduced within 0.006 INR, all 2,284", (file, volatility) => {
    const rows = rowsOf(path("span-nse-banknifty-2025", file));
    expect(rows.length).toBe(2284);
    expect(largest(rows, (row) => madeWorst(row, volatility))).toBeLessThanOrEqual(0.006);
  });

  it("tell other conventions apart", () => {
    const rows = rowsOf(path("span-nse-banknifty-2025", "span_01.csv.gz"));
    const volatility = 0.184283484375;
    const { generation } = fitted;
    const others: readonly (readonly [string, ArrayGeneration, "absolute" | "relative"])[] = [
      ["extreme moves of 3 ranges at 33 %", { ...generation, points: standardScenarios(3, 0.33) }, "absolute"],
      ["one business day", { ...generation, lookAheadYears: 1 / 252 }, "absolute"],
      ["a relative volatility range of 25 %", generation, "relative"],
    ];
    for (const [name, other, unit] of others)
      expect(
        largest(rows, (row) => madeWorst(row, volatility, other, unit)),
        name,
      ).toBeGreaterThan(10);
  });
});
