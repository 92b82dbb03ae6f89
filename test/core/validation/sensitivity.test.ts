import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import { randomStream } from "../../../core/measure/index.ts";
import {
  benchmarkComparison,
  estimationInterval,
  exceptionMap,
  type ParameterSet,
  saltelliDesign,
  sensitivityOf,
  sensitivityPoints,
  sobolIndices,
  stationaryPlaces,
} from "../../../core/validation/index.ts";
import { near } from "./near.ts";
import { normalSeries } from "./series.ts";

const parameters = [
  { id: "horizon", label: "Close-out", base: 2, values: [1, 2, 8] },
  { id: "shift", label: "Shift", base: 0, values: [1] },
  { id: "confidence", label: "Confidence", base: 0.99, values: [0.999] },
];

describe("sensitivity, one at a time", () => {
  it("asks for the base and each value with the others at their base", () => {
    const points = sensitivityPoints(parameters);
    expect(points).toHaveLength(6);
    expect(points[0]).toEqual({ set: { horizon: 2, shift: 0, confidence: 0.99 } });
    expect(points[3]).toEqual({ parameter: "horizon", set: { horizon: 8, shift: 0, confidence: 0.99 } });
  });

  it("gives change, relative change and elasticity; refusals stay in the table", () => {
    const table = sensitivityOf(parameters, ({ horizon = 0, shift = 0, confidence = 0 }) =>
      confidence > 0.995
        ? { failure: { reason: "missing-data", message: "1,000 observations are needed" } }
        : { margin: 100 * Math.sqrt(horizon / 2) + shift, exceptions: 3 },
    );
    if ("failure" in table) throw new Error(table.failure.message);
    expect(table).toMatchObject({ baseMargin: 100, baseExceptions: 3 });
    expect(table.rows[2]).toMatchObject({ value: 8, margin: 200, change: 100, relativeChange: 1, exceptions: 3 });
    near(table.rows[2]?.elasticity, 1 / 3, 1e-12);
    expect(table.rows[1]).not.toHaveProperty("elasticity");
    expect(table.rows[3]).toMatchObject({ relativeChange: 0.01 });
    expect(table.rows[3]).not.toHaveProperty("elasticity");
    expect(table.rows[4]?.failure?.message).toBe("1,000 observations are needed");
  });

  it("is the failure of the base where that has no margin", () => {
    const failure = { reason: "missing-data", message: "no history" } as const;
    expect(sensitivityOf(parameters, () => ({ failure }))).toEqual({ failure });
  });
});

describe("Sobol indices", () => {
  const box = ["a", "b", "c"].map((id) => ({ id, from: -Math.PI, to: Math.PI }));
  /** Ishigami's function; indices known in closed form. */
  const ishigami = ({ a = 0, b = 0, c = 0 }: ParameterSet) =>
    Math.sin(a) + 7 * Math.sin(b) ** 2 + 0.1 * c ** 4 * Math.sin(a);

  it("are those of Ishigami's function: 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437", () => {
    const design = saltelliDesign(box, 65_536, 4);
    const { indices, median } = sobolIndices(design, design.sets.map(ishigami));
    const [a, b, c] = indices;
    near(a?.first, 0.3139, 0.015);
    near(b?.first, 0.4424, 0.015);
    near(c?.first, 0, 0.015);
    near(a?.total, 0.5576, 0.015);
    near(b?.total, 0.4424, 0.015);
    near(c?.total, 0.2437, 0.015);
    expect(median).toBeGreaterThan(0);
  });

  it("covers each side evenly and repeats by its seed", () => {
    const design = saltelliDesign(box, 64, 9);
    expect(design.sets).toHaveLength(64 * 5);
    const steps = design.sets.slice(0, 64).map(({ a = 0 }) => Math.floor(((a + Math.PI) / (2 * Math.PI)) * 64));
    expect(new Set(steps).size).toBe(64);
    expect(saltelliDesign(box, 64, 9).sets).toEqual(design.sets);
    expect(saltelliDesign(box, 64, 10).sets).not.toEqual(design.sets);
  });

  it("has none when margin does not vary, and no number that is not finite", () => {
    const design = saltelliDesign(box, 16);
    const flat = sobolIndices(
      design,
      design.sets.map(() => 0.3),
    );
    expect(flat).toMatchObject({ least: 0.3, greatest: 0.3, indices: [] });
  });

  it("refuses an empty side and a wrong number of margins", () => {
    expect(() => saltelliDesign([{ id: "a", from: 1, to: 1 }])).toThrow(DomainError);
    expect(() => sobolIndices(saltelliDesign(box, 4), [1])).toThrow(DomainError);
  });
});

describe("stationary bootstrap", () => {
  it("runs on from place to place, with blocks of the mean length", () => {
    const places = stationaryPlaces(100_000, 10, randomStream(5));
    let starts = 0;
    for (let at = 1; at < places.length; at += 1) {
      if (places[at] !== ((places[at - 1] ?? 0) + 1) % 100_000) starts += 1;
    }
    near(starts / 100_000, 0.1, 0.005);
  });

  it("gives the interval of a mean of independent values: ±1.645 s/√n at 90 %", () => {
    const stream = randomStream(6);
    const values = Array.from({ length: 400 }, () => stream.next());
    const mean = (places: Uint32Array) => places.reduce((total, place) => total + (values[place] ?? 0), 0) / 400;
    const interval = estimationInterval(400, mean, { meanBlock: 1, resamples: 4000 });
    const half = (1.645 * Math.sqrt(1 / 12)) / 20;
    near(interval.lower, interval.estimate - half, 0.002);
    near(interval.upper, interval.estimate + half, 0.002);
    expect(estimationInterval(400, mean, { resamples: 50 })).toEqual(estimationInterval(400, mean, { resamples: 50 }));
  });

  it("refuses a mean block below one row", () => {
    expect(() => estimationInterval(10, () => 1, { meanBlock: 0.5 })).toThrow(DomainError);
  });
});

describe("tables", () => {
  it("colours exceptions by look-back and confidence", () => {
    const series = normalSeries(500);
    const tight = { ...series, margins: series.margins.map((margin) => margin / 2) };
    const { cells } = exceptionMap([
      { lookback: 250, series: tight },
      { lookback: 500, series: { ...series, margins: series.margins.map((margin) => 1.3 * margin) } },
    ]);
    expect(cells.map(({ lookback, zone, observations }) => [lookback, zone, observations])).toEqual([
      [250, "red", 500],
      [500, "green", 500],
    ]);
  });

  it("marks methods that differ by more than 20 % from the validated one", () => {
    const margins = [
      { method: "own", margin: 100 },
      { method: "near", margin: 119 },
      { method: "far", margin: 79 },
    ];
    const { rows } = benchmarkComparison([{ book: "straddle", margins }], "own", "USD");
    expect(rows.map(({ toExplain }) => toExplain)).toEqual([false, false, true]);
    near(rows[2]?.difference, -0.21, 1e-12);
  });
});
