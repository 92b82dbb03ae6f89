import { describe, expect, it } from "vitest";
import { normalQuantile, randomStream } from "../../../core/measure/index.ts";
import {
  blockBootstrapCoverage,
  christoffersenIndependence,
  costanzinoCurran,
  durationTest,
  dynamicQuantile,
  kupiecFirstFailure,
  kupiecProportion,
  ljungBox,
  mcneilFrey,
  type TestOutcome,
  transitionsOf,
} from "../../../core/validation/index.ts";

const samples = 300;
const rows = 1000;
const p = 0.05;

/** Share of samples on which a test rejects at 5 %; exceptions come with the probability given after the last row. */
function rejections(test: (hits: readonly number[], draw: () => number) => TestOutcome, after = p, none = p): number {
  const stream = randomStream(77);
  let rejected = 0;
  for (let sample = 0; sample < samples; sample += 1) {
    let last = 0;
    const hits = Array.from({ length: rows }, () => {
      last = stream.nextOpen() < (last === 1 ? after : none) ? 1 : 0;
      return last;
    });
    if (test(hits, stream.nextOpen).decision === "reject") rejected += 1;
  }
  return rejected / samples;
}

const count = (hits: readonly number[]) => hits.reduce((total, hit) => total + hit, 0);

const tests: readonly (readonly [string, (hits: readonly number[], draw: () => number) => TestOutcome])[] = [
  ["Kupiec", (hits) => kupiecProportion(count(hits), rows, p)],
  ["time until first failure", (hits) => kupiecFirstFailure(hits, p)],
  ["independence", (hits) => christoffersenIndependence(transitionsOf(hits))],
  ["dynamic quantile", (hits, draw) => dynamicQuantile(hits, hits.map(draw), p)],
  ["duration", (hits) => durationTest(hits, 0.05, { draws: 39 })],
  ["Ljung-Box", (hits) => ljungBox(hits)],
  ["block bootstrap", (hits) => blockBootstrapCoverage(hits, p, { block: 10, draws: 300 })],
  ["Costanzino-Curran", (hits, draw) => costanzinoCurran(hits.slice(0, 100).map(draw), p)],
  [
    "McNeil-Frey",
    (hits, draw) =>
      mcneilFrey(
        hits.flatMap((hit) => (hit === 1 ? [normalQuantile(draw())] : [])),
        rows,
        { draws: 300 },
      ),
  ],
];

describe("size of the tests: a right model is rejected about one time in twenty", () => {
  it.each(tests)("%s", (_, test) => {
    const share = rejections(test);
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.11);
  });
});

describe("power of the tests against clusters at the right share of exceptions", () => {
  // 0.30 after an exception and 0.0368 after none make 5 % in the long run
  const clustered = tests.filter(([name]) =>
    ["independence", "dynamic quantile", "duration", "Ljung-Box"].includes(name),
  );
  it.each(clustered)("%s", (_, test) => expect(rejections(test, 0.3, 0.0368)).toBeGreaterThan(0.5));
});
