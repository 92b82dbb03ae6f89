import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { normalCdf } from "../../../core/base/index.ts";
import { normalTable, tableReach, tableRecords, tableScale } from "../../../core/revaluation/engine/normal-table.ts";
import { engines, relaxed, spaced, type Terms, values } from "./engine-book.ts";

/** N by the table, as the kernels read it: nearest record, even and odd part. */
function tableCdf(table: Float64Array, d: number): number {
  const t = Math.min(Math.max((d + tableReach) * tableScale, 0), tableRecords - 1);
  const k = Math.round(t);
  return polynomial(table, k, t - k);
}

function polynomial(table: Float64Array, record: number, f: number): number {
  let value = 0;
  for (let j = 5; j >= 0; j--) value = value * f + (table[6 * record + j] ?? Number.NaN);
  return value;
}

/** resources/docs/engine.md, section 7: reference values in 40-digit arithmetic, own computation. */
const printedCdf = [
  [-8.5, "9.479534822203318354e-18"],
  [-6, "9.865876450376981407e-10"],
  [-4.25, "1.068852577493442047e-5"],
  [-3, "0.001349898031630094526652"],
  [-2, "0.02275013194817920720028"],
  [-1, "0.1586552539314570514148"],
  [-0.5, "0.3085375387259868963623"],
  [-0.015625, "0.4937667805001103171665"],
  [0.015625, "0.5062332194998896828335"],
  [0.3, "0.6179114221889526373065"],
  [1.96, "0.9750021048517795658634"],
  [2.5, "0.993790334674223864833"],
  [4, "0.9999683287581668800787"],
  [6, "0.9999999990134123549624"],
] as const;

/** The same section: inputs are exact decimals, not discounted. */
const printedPrices: readonly (Terms & { readonly price: string })[] = [
  { forward: 100, strike: 100, volatility: 0.2, years: 1, call: true, price: "7.965567455405796293" },
  { forward: 100, strike: 100, volatility: 0.2, years: 1, call: false, price: "7.965567455405796293" },
  {
    forward: 65000,
    strike: 70000,
    volatility: 0.55,
    years: 0.0821917808219178,
    call: true,
    price: "2200.535008173532598",
  },
  {
    forward: 65000,
    strike: 60000,
    volatility: 0.62,
    years: 0.0191780821917808,
    call: false,
    price: "507.1377031093009025",
  },
  {
    forward: 3200,
    strike: 3200,
    volatility: 0.65,
    years: 0.00273972602739726,
    call: true,
    price: "43.4316193824325898",
  },
  {
    forward: 3200,
    strike: 3300,
    volatility: 0.65,
    years: 0.00273972602739726,
    call: false,
    price: "111.0124687985516222",
  },
  { forward: 100, strike: 150, volatility: 0.1, years: 0.25, call: true, price: "1.867255191333218219e-16" },
  { forward: 100, strike: 50, volatility: 0.1, years: 0.25, call: true, price: "50" },
  { forward: 100, strike: 100, volatility: 0.05, years: 0.00001, call: true, price: "0.006307831298479742517" },
  { forward: 100, strike: 100.1, volatility: 0.05, years: 0.00001, call: false, price: "0.1000000000003098314" },
  { forward: 100, strike: 400, volatility: 1.5, years: 2, call: true, price: "48.50561974023767876" },
  { forward: 100, strike: 20, volatility: 3, years: 1, call: false, price: "14.56202470652404565" },
  { forward: 0.6, strike: 0.55, volatility: 0.9, years: 0.5, call: false, price: "0.1198516424572835034" },
];

const here = Float64Array.of(0);
/** 42 columns: 41 and a copy of the last, as the engine pads them. */
const moves = spaced(-0.5, 0.5, 41);
const changes = spaced(-0.5, 0.5, 41);
const columns = 42;

describe("the table of the normal distribution", () => {
  const table = normalTable();

  it.each(printedCdf)("gives N(%d) = %s", (d, expected) =>
    expect(Math.abs(tableCdf(table, d) - Number(expected))).toBeLessThan(3e-15),
  );

  it("stays within 3e-15 at the centre and both ends of every record", () => {
    let worst = 0;
    for (let record = 0; record < tableRecords; record++) {
      for (const f of [-0.5, 0, 0.5]) {
        const d = -tableReach + (record + f) / tableScale;
        worst = Math.max(worst, Math.abs(polynomial(table, record, f) - normalCdf(d)));
      }
    }
    expect(worst).toBeLessThan(3e-15);
  });

  it("is exactly 0 and 1 at its ends, so that clamped and left-out cells give the same bits", () =>
    expect([polynomial(table, 0, 0), polynomial(table, tableRecords - 1, 0)]).toEqual([0, 1]));
});

describe.each([...engines, ...relaxed])("prices of the $name kernel", (engine) => {
  it.each(printedPrices)("$forward, $strike, $volatility, $years: $price", ({ price, ...option }) => {
    const scale = Math.max(option.forward, option.strike);
    const alone = values(engine, option, here, here)[0] ?? Number.NaN;
    const inGrid = values(engine, option, moves, changes)[20 * columns + 20] ?? Number.NaN;
    expect(Math.abs(alone - Number(price)) / scale).toBeLessThan(2e-14);
    expect(inGrid).toBe(alone);
  });

  it("stay within 2e-14 of the forward on the stress set", () => {
    const path = resolve(import.meta.dirname, "../../golden/engine/stress.json");
    const { options } = JSON.parse(readFileSync(path, "utf8")) as {
      readonly options: readonly (Terms & { readonly prices: readonly string[] })[];
    };
    expect(options.length).toBeGreaterThanOrEqual(120);
    const chosen = [0, 10, 20, 30, 40];
    let worst = 0;
    for (const { prices, ...option } of options) {
      const grid = values(engine, option, moves, changes);
      chosen.forEach((row, i) => {
        chosen.forEach((column, j) => {
          const error = (grid[row * columns + column] ?? Number.NaN) - Number(prices[i * chosen.length + j]);
          worst = Math.max(worst, Math.abs(error) / Math.max(option.forward, option.strike));
        });
      });
    }
    expect(worst).toBeLessThan(2e-14);
  });
});
