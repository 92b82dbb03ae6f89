import { describe, expect, it } from "vitest";
import { DomainError } from "../../../core/base/index.ts";
import {
  ageWeights,
  bookLosses,
  componentExpectedShortfall,
  componentValueAtRisk,
  kernelComponentValueAtRisk,
  marginalMeasures,
  type PartLosses,
  partMeasures,
  quantileConventions,
  randomStream,
  silvermanBandwidth,
  type TailRequest,
  tailMeans,
  tailOf,
} from "../../../core/measure/index.ts";
import { refusalIn, unwrapped } from "../result-value.ts";

function randomParts(seed: number, parts: number, width: number, step = 0): PartLosses {
  const stream = randomStream(seed);
  const values = Float64Array.from({ length: parts * width }, () => (stream.next() + stream.next() - 1) * 1000);
  return {
    parts: Array.from({ length: parts }, (_, part) => `part ${part}`),
    values: step > 0 ? values.map((value) => Math.round(value / step) * step) : values,
    width,
  };
}

const tailOfBook = (losses: PartLosses, request: TailRequest) => unwrapped(tailOf(bookLosses(losses), request));

describe("components", () => {
  it("of ES and VaR sum to the measure, for every rule", () => {
    const losses = randomParts(1, 7, 300);
    for (const convention of quantileConventions) {
      for (const estimator of tailMeans) {
        const tail = tailOfBook(losses, { confidence: 0.97, convention, estimator });
        for (const { sum, measure, difference } of [
          componentExpectedShortfall(losses, tail),
          componentValueAtRisk(losses, tail),
        ]) {
          expect(Math.abs(difference)).toBeLessThan(1e-12 * Math.abs(measure));
          expect(sum + difference).toBeCloseTo(measure, 9);
        }
      }
    }
  });
  it("sum with weights too, and with ties", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const losses = randomParts(seed, 4, 150, 500);
      const tail = tailOfBook(losses, { confidence: 0.95, weights: ageWeights(150, 0.99) });
      const { difference, measure } = componentExpectedShortfall(losses, tail);
      expect(Math.abs(difference)).toBeLessThan(1e-11 * Math.abs(measure));
    }
  });
  it("do not depend on the order of tied scenarios", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const losses = randomParts(seed, 3, 120, 700);
      const order = [...Array(120).keys()].sort((a, b) => ((a * 53 + seed) % 120) - ((b * 53 + seed) % 120));
      const values = losses.values.map((_, at) => {
        const [part, column] = [Math.floor(at / 120), at % 120];
        return losses.values[part * 120 + (order[column] ?? 0)] ?? 0;
      });
      const shuffled = { ...losses, values };
      const [a, b] = [losses, shuffled].map((book) =>
        componentExpectedShortfall(book, tailOfBook(book, { confidence: 0.93 })),
      );
      a?.components.forEach((component, part) => {
        expect(b?.components[part]).toBeCloseTo(component, 9);
      });
    }
  });
  it("of a hedge are below zero, and of a part without loss are zero", () => {
    const losses: PartLosses = {
      parts: ["book", "hedge", "nothing"],
      values: Float64Array.from([...[9, 5, 1, 0, 0], ...[-4, -2, 0, 0, 0], ...[0, 0, 0, 0, 0]]),
      width: 5,
    };
    const { components, measure } = componentExpectedShortfall(losses, tailOfBook(losses, { confidence: 0.6 }));
    expect([...components, measure]).toEqual([7, -3, 0, 4]);
  });
  it("double with the book", () => {
    const losses = randomParts(5, 3, 200);
    const doubled = { ...losses, values: losses.values.map((value) => 2 * value) };
    const [once, twice] = [losses, doubled].map((book) =>
      componentExpectedShortfall(book, tailOfBook(book, { confidence: 0.95 })),
    );
    once?.components.forEach((component, part) => {
      expect(twice?.components[part]).toBeCloseTo(2 * component, 9);
    });
  });
  it("are the derivative of ES by the size of a part", () => {
    const losses = randomParts(6, 3, 250);
    const request = { confidence: 0.96 };
    const { components } = componentExpectedShortfall(losses, tailOfBook(losses, request));
    const bumped = (part: number, size: number): number => {
      const values = losses.values.map((value, at) => (Math.floor(at / 250) === part ? value * size : value));
      return tailOfBook({ ...losses, values }, request).expectedShortfall;
    };
    components.forEach((component, part) => {
      expect((bumped(part, 1 + 1e-6) - bumped(part, 1 - 1e-6)) / 2e-6).toBeCloseTo(component, 4);
    });
    const marginal = marginalMeasures(components, [2, -4, 0]);
    expect(marginal).toEqual([(components[0] ?? 0) / 2, (components[1] ?? 0) / -4, undefined]);
  });
  it("need only the scenarios of the tail", () => {
    const losses = randomParts(7, 5, 400);
    const tail = tailOfBook(losses, { confidence: 0.975 });
    const { scenarios } = tail.expectedShortfallShares;
    const values = Float64Array.from(
      losses.parts.flatMap((_, part) => Array.from(scenarios, (s) => losses.values[part * 400 + s] ?? 0)),
    );
    const few = { parts: losses.parts, values, width: scenarios.length, scenarios };
    expect(componentExpectedShortfall(few, tail)).toEqual(componentExpectedShortfall(losses, tail));
    const fewer = { ...few, values: values.subarray(0, 5), width: 1, scenarios: scenarios.slice(0, 1) };
    expect(() => componentExpectedShortfall(fewer, tail)).toThrow(DomainError);
  });
});

describe("kernelComponentValueAtRisk", () => {
  it("is rescaled to the VaR, and finds the shares of a normal book", () => {
    // Two independent parts of standard deviation 1 and 2: E[L^i | L] = L·σ_i²/Σσ².
    const width = 20000;
    const stream = randomStream(9);
    const normal = (): number => Math.sqrt(-2 * Math.log(stream.nextOpen())) * Math.cos(2 * Math.PI * stream.next());
    const values = Float64Array.from({ length: 2 * width }, (_, at) => (at < width ? 1 : 2) * normal());
    const losses = { parts: ["one", "two"], values, width };
    const total = bookLosses(losses);
    const tail = unwrapped(tailOf(total, { confidence: 0.95 }));
    const kernel = unwrapped(kernelComponentValueAtRisk(losses, total, tail, silvermanBandwidth(total)));
    expect(Math.abs(kernel.difference)).toBeLessThan(1e-12);
    expect((kernel.components[0] ?? 0) / tail.valueAtRisk).toBeCloseTo(0.2, 1);
    expect(kernel.estimate / tail.valueAtRisk).toBeCloseTo(1, 1);
  });
  it("refuses an estimate of zero, and some scenarios only", () => {
    const losses = { parts: ["none"], values: new Float64Array(100), width: 100 };
    const tail = unwrapped(tailOf(new Float64Array(100), { confidence: 0.95 }));
    expect(refusalIn(kernelComponentValueAtRisk(losses, new Float64Array(100), tail, 1))).toContain(
      "cannot be rescaled",
    );
    const some = { ...losses, scenarios: new Int32Array(100) };
    expect(() => kernelComponentValueAtRisk(some, new Float64Array(100), tail, 1)).toThrow(DomainError);
  });
});

describe("partMeasures", () => {
  const measure = (losses: Float64Array) => {
    const tail = tailOf(losses, { confidence: 0.95 });
    return tail.ok ? ({ ok: true, value: tail.value.expectedShortfall } as const) : tail;
  };
  it("recomputes each part alone and the book without it", () => {
    const losses = randomParts(12, 3, 200);
    const parts = unwrapped(partMeasures(losses, measure));
    const without = losses.values.subarray(200, 400).map((loss, s) => loss + (losses.values[400 + s] ?? 0));
    expect(parts.incremental[0]).toBeCloseTo(parts.book - unwrapped(measure(without)), 9);
    expect(parts.standalone[1]).toBe(unwrapped(measure(losses.values.subarray(200, 400))));
    // ES is subadditive: parts alone need no less, and taking a part out frees no more than it needs alone.
    expect(parts.book).toBeLessThanOrEqual(parts.standaloneSum);
    expect(parts.diversification).toBeCloseTo(1 - parts.book / parts.standaloneSum, 12);
    parts.incremental.forEach((incremental, part) => {
      expect(incremental).toBeLessThanOrEqual((parts.standalone[part] ?? 0) + 1e-9);
    });
  });
  it("of one part is the book, with nothing diversified", () => {
    const losses = randomParts(13, 1, 100);
    const { book, standalone, diversification } = unwrapped(partMeasures(losses, measure));
    expect([standalone[0], diversification]).toEqual([book, 0]);
  });
  it("passes the refusal of the measure on", () => {
    expect(refusalIn(partMeasures(randomParts(14, 2, 10), measure))).toContain(
      "needs at least 20 observations; found 10",
    );
    expect(() => bookLosses({ parts: ["a"], values: new Float64Array(3), width: 2 })).toThrow(DomainError);
  });
});
