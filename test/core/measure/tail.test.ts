import { describe, expect, it } from "vitest";
import {
  ageWeights,
  equalWeights,
  quantileConventions,
  randomStream,
  type TailRequest,
  tailMeans,
  tailOf,
} from "../../../core/measure/index.ts";
import { refusalIn, unwrapped } from "../result-value.ts";

const measure = (losses: Float64Array, request: TailRequest) => unwrapped(tailOf(losses, request));

function randomLosses(seed: number, count: number): Float64Array {
  const stream = randomStream(seed);
  return Float64Array.from({ length: count }, () => (stream.next() + stream.next() + stream.next() - 1.5) * 1000);
}

function randomWeights(seed: number, count: number): Float64Array {
  const stream = randomStream(seed);
  const raw = Float64Array.from({ length: count }, () => stream.next() ** 3);
  const total = raw.reduce((a, b) => a + b, 0);
  return raw.map((weight) => weight / total);
}

describe("tailOf", () => {
  it("counts 100 losses 1 to 100 as the clearing houses do", () => {
    const losses = Float64Array.from({ length: 100 }, (_, i) => i + 1);
    const at99 = measure(losses, { confidence: 0.99, convention: "next-worst", estimator: "kworst" });
    expect([at99.rank, at99.valueAtRisk, at99.expectedShortfall]).toEqual([2, 99, 100]);
    const at95 = measure(losses, { confidence: 0.95, convention: "next-worst", estimator: "kworst" });
    expect([at95.rank, at95.valueAtRisk]).toEqual([6, 95]);
    expect(at95.expectedShortfall).toBeCloseTo(98, 12);
    expect(measure(losses, { confidence: 0.95, convention: "interpolated" }).valueAtRisk).toBe(96);
  });

  it("sees 5 observations in 100·(1 − 0.95), which binary arithmetic makes 5.000000000000004", () => {
    const losses = Float64Array.from({ length: 100 }, (_, i) => -i);
    expect(measure(losses, { confidence: 0.95 }).rank).toBe(5);
    expect(measure(losses, { confidence: 0.95, convention: "conservative" }).rank).toBe(5);
    expect(measure(losses, { confidence: 0.95 }).tailProbability).toBe(0.05);
    // 100·0.07 is 7.000000000000001, and 0.07 itself is exact to 12 decimals.
    const seven = measure(losses, { confidence: 0.93 });
    expect([seven.rank, seven.expectedShortfallShares.scenarios.length]).toEqual([7, 7]);
  });

  it("interpolates between weighted losses as the hybrid approach does", () => {
    // L. Allen, J. Boudoukh, A. Saunders, Understanding Market, Credit and Operational Risk (2004), table 1.3:
    // cumulated weights 0.0447 and 0.0511 at losses of 2.90 % and 2.70 % give 2.73 % at 5 %.
    const losses = Float64Array.of(0.033, 0.029, 0.027, 0.01);
    const weights = Float64Array.of(0.0221, 0.0226, 0.0064, 0.9489);
    const tail = measure(losses, { confidence: 0.95, convention: "interpolated", weights, leastTail: 0 });
    expect(tail.valueAtRisk).toBeCloseTo(0.029 - (0.002 * (0.05 - 0.0447)) / 0.0064, 12);
    expect(Math.round(tail.valueAtRisk * 1e4)).toBe(273);
  });

  it("exact is the Rockafellar-Uryasev minimum, with any weights", () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const losses = randomLosses(seed, 120 + seed);
      const weights = seed % 2 === 0 ? randomWeights(seed, losses.length) : equalWeights(losses.length);
      for (const confidence of [0.9, 0.95, 0.975, 0.99]) {
        const tail = measure(losses, { confidence, weights });
        const objective = (level: number): number =>
          level +
          losses.reduce((total, loss, i) => total + (weights[i] ?? 0) * Math.max(loss - level, 0), 0) /
            (1 - confidence);
        // The objective is convex and piecewise linear: its minimum is at one of the losses.
        const least = losses.reduce((best, loss) => Math.min(best, objective(loss)), Number.POSITIVE_INFINITY);
        expect(Math.abs(tail.expectedShortfall - least)).toBeLessThan(1e-9 * Math.abs(least));
        expect(objective(tail.valueAtRisk)).toBeCloseTo(least, 6);
      }
    }
  });

  it("equal weights given are the same as none, to the bit, for every rule", () => {
    const losses = randomLosses(3, 257);
    for (const convention of quantileConventions) {
      for (const estimator of tailMeans) {
        const request = { confidence: 0.97, convention, estimator };
        expect(measure(losses, { ...request, weights: equalWeights(257) })).toEqual(measure(losses, request));
      }
    }
  });

  it("weights that hardly differ rank as equal ones", () => {
    const losses = randomLosses(4, 250);
    const weights = equalWeights(250);
    [weights[0], weights[1]] = [(weights[0] ?? 0) + 1e-11, (weights[1] ?? 0) - 1e-11];
    for (const convention of ["cum", "conservative", "inverse", "interpolated"] as const) {
      const equal = measure(losses, { confidence: 0.99, convention }).valueAtRisk;
      expect(measure(losses, { confidence: 0.99, convention, weights }).valueAtRisk).toBeCloseTo(equal, 4);
    }
  });

  it.each(quantileConventions)(
    "%s: VaR rises with the confidence and lies between the least and the greatest loss",
    (convention) => {
      const losses = randomLosses(5, 333);
      let before = Number.NEGATIVE_INFINITY;
      for (let step = 0; step <= 180; step += 1) {
        const { valueAtRisk } = measure(losses, { confidence: 0.9 + step * 0.0005, convention, leastTail: 0 });
        expect(valueAtRisk).toBeGreaterThanOrEqual(before - 1e-9);
        before = valueAtRisk;
      }
      expect(before).toBeLessThanOrEqual(losses.reduce((a, b) => Math.max(a, b)));
    },
  );

  it("does not depend on the order of scenarios, ties included", () => {
    for (let seed = 1; seed <= 20; seed += 1) {
      const losses = randomLosses(seed, 200).map((loss) => Math.round(loss / 250));
      const weights = randomWeights(seed, 200);
      const order = [...losses.keys()].sort((a, b) => ((a * 7919 + seed) % 200) - ((b * 7919 + seed) % 200));
      const shuffled = Float64Array.from(order, (i) => losses[i] ?? 0);
      const shuffledWeights = Float64Array.from(order, (i) => weights[i] ?? 0);
      for (const estimator of ["exact", "kworst", "weak"] as const) {
        const [a, b] = [
          measure(losses, { confidence: 0.95, estimator, weights }),
          measure(shuffled, { confidence: 0.95, estimator, weights: shuffledWeights }),
        ];
        expect(b.valueAtRisk).toBe(a.valueAtRisk);
        expect(b.expectedShortfall).toBeCloseTo(a.expectedShortfall, 9);
      }
    }
  });

  it("shares sum to one and make the measures", () => {
    const losses = randomLosses(6, 300).map((loss) => Math.round(loss / 200) * 200);
    for (const convention of quantileConventions) {
      for (const estimator of tailMeans) {
        const tail = measure(losses, { confidence: 0.96, convention, estimator });
        for (const [{ scenarios, shares }, value] of [
          [tail.valueAtRiskShares, tail.valueAtRisk],
          [tail.expectedShortfallShares, tail.expectedShortfall],
        ] as const) {
          expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
          const made = shares.reduce(
            (total, share, j) => total + share * (losses[scenarios[j] ?? -1] ?? Number.NaN),
            0,
          );
          expect(made).toBeCloseTo(value, 8);
        }
      }
    }
  });

  it("scenarios of equal loss keep their order and share alike", () => {
    const losses = Float64Array.of(5, 1, 5, 5, 0, 0, 0, 0, 0, 0);
    const { scenarios, shares } = measure(losses, { confidence: 0.8 }).expectedShortfallShares;
    expect([...scenarios]).toEqual([0, 2, 3]);
    for (const share of shares) expect(share).toBeCloseTo(1 / 3, 15);
  });

  it("keeps a tail that is still a profit", () => {
    const losses = Float64Array.from({ length: 100 }, (_, i) => -1 - i);
    const tail = measure(losses, { confidence: 0.99 });
    expect([tail.valueAtRisk, tail.expectedShortfall]).toEqual([-1, -1]);
  });

  it("leaves what it is given as it is, and answers the same bits twice", () => {
    const losses = randomLosses(8, 500);
    const [before, weights] = [losses.slice(), ageWeights(500, 0.99)];
    const first = measure(losses, { confidence: 0.99, weights });
    expect(measure(losses, { confidence: 0.99, weights })).toEqual(first);
    expect(losses).toEqual(before);
  });
});

describe("coherence of ES", () => {
  const es = (losses: Float64Array, weights: Float64Array, confidence: number): number =>
    measure(losses, { confidence, weights }).expectedShortfall;
  const add = (a: Float64Array, b: Float64Array): Float64Array => a.map((loss, i) => loss + (b[i] ?? 0));

  it("is subadditive, homogeneous, monotone and translates cash on random books", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const n = 110 + (seed % 37);
      const [a, b] = [
        randomLosses(seed, n),
        randomLosses(seed + 1000, n).map((loss) => (loss > 900 ? loss * 20 : loss)),
      ];
      const weights = seed % 3 === 0 ? equalWeights(n) : randomWeights(seed, n);
      const confidence = [0.9, 0.95, 0.99][seed % 3] ?? 0.9;
      const [ofA, ofB] = [es(a, weights, confidence), es(b, weights, confidence)];
      const room = 1e-9 * (Math.abs(ofA) + Math.abs(ofB));
      expect(es(add(a, b), weights, confidence)).toBeLessThanOrEqual(ofA + ofB + room);
      expect(
        Math.abs(
          es(
            a.map((loss) => 3 * loss),
            weights,
            confidence,
          ) -
            3 * ofA,
        ),
      ).toBeLessThanOrEqual(room);
      expect(
        Math.abs(
          es(
            a.map((loss) => loss + 17),
            weights,
            confidence,
          ) -
            ofA -
            17,
        ),
      ).toBeLessThanOrEqual(room);
      expect(
        es(
          a.map((loss, i) => loss + Math.abs(b[i] ?? 0)),
          weights,
          confidence,
        ),
      ).toBeGreaterThanOrEqual(ofA - room);
    }
  });

  it("VaR is not: two bonds that rarely default together", () => {
    const a = Float64Array.from({ length: 100 }, (_, i) => (i < 4 ? 100 : 0));
    const b = Float64Array.from({ length: 100 }, (_, i) => (i >= 4 && i < 8 ? 100 : 0));
    const valueAtRisk = (losses: Float64Array): number => measure(losses, { confidence: 0.95 }).valueAtRisk;
    expect(valueAtRisk(add(a, b))).toBeGreaterThan(valueAtRisk(a) + valueAtRisk(b));
    const [ofA, ofB] = [es(a, equalWeights(100), 0.95), es(b, equalWeights(100), 0.95)];
    expect(es(add(a, b), equalWeights(100), 0.95)).toBeLessThanOrEqual(ofA + ofB);
  });
});

describe("refusals of tailOf", () => {
  const hundred = new Float64Array(100);
  it("says how many observations the confidence needs", () => {
    expect(refusalIn(tailOf(new Float64Array(60), { confidence: 0.99 }))).toBe(
      "missing-data: 99 % with rank 1 needs at least 100 observations; found 60",
    );
    expect(refusalIn(tailOf(new Float64Array(499), { confidence: 0.995, leastTail: 5 }))).toBe(
      "missing-data: 99.5 % with rank 5 needs at least 1000 observations; found 499",
    );
    expect(refusalIn(tailOf(new Float64Array(39), { confidence: 0.975 }))).toContain("needs at least 40 observations");
    expect(tailOf(new Float64Array(40), { confidence: 0.975 }).ok).toBe(true);
    expect(refusalIn(tailOf(new Float64Array(0), { confidence: 0.99, leastTail: 0 }))).toContain("found 0");
  });
  it("names the scenario of a loss that is not finite", () => {
    const losses = hundred.slice();
    losses[7] = Number.NaN;
    const scenarioIds = Array.from(losses, (_, i) => `day ${i}`);
    const answer = tailOf(losses, { confidence: 0.99, scenarioIds });
    expect(refusalIn(answer)).toBe("invalid-input: scenario day 7: loss is NaN; expected a finite amount");
    expect(answer.ok ? undefined : answer.failure.at).toBe("day 7");
    losses[7] = Number.POSITIVE_INFINITY;
    expect(refusalIn(tailOf(losses, { confidence: 0.99 }))).toContain("scenario 8: loss is Infinity");
  });
  it("wants a confidence between 0 and 1", () => {
    for (const confidence of [0, 1, 99, Number.NaN]) {
      expect(refusalIn(tailOf(hundred, { confidence }))).toContain("confidence must be above 0 and below 1");
    }
  });
  it("wants weights that fit", () => {
    const weights = equalWeights(100);
    expect(refusalIn(tailOf(hundred, { confidence: 0.9, weights: equalWeights(99) }))).toContain("need 100 weights");
    weights[3] = -0.01;
    expect(refusalIn(tailOf(hundred, { confidence: 0.9, weights }))).toContain("weight of scenario 4 must be ≥ 0");
    weights[3] = 0.02;
    expect(refusalIn(tailOf(hundred, { confidence: 0.9, weights }))).toContain("must sum to 1");
    expect(tailOf(hundred, { confidence: 0.9, weights, weightsOnAverage: true }).ok).toBe(true);
    const thin = weights.map((weight) => weight / 100);
    expect(refusalIn(tailOf(hundred, { confidence: 0.9, weights: thin, weightsOnAverage: true }))).toContain(
      "less than the tail",
    );
  });
  it("takes Hyndman-Fan types and the strict mean with equal weights only", () => {
    const weights = ageWeights(100, 0.97);
    expect(refusalIn(tailOf(hundred, { confidence: 0.9, weights, convention: "type7" }))).toContain(
      "type7 supposes equal weights",
    );
    expect(refusalIn(tailOf(hundred, { confidence: 0.9, weights, estimator: "strict" }))).toContain(
      "strict supposes equal weights",
    );
  });
});
