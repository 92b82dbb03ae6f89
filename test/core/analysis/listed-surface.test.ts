import { expect, it } from "vitest";
import { marginSurface } from "../../../core/analysis/index.ts";
import { unwatched } from "../../../core/base/index.ts";
import spanArray from "../../../core/methodology/span-array/index.ts";
import { resolveRules } from "../../../core/rulebook/index.ts";
import { caseInputs } from "../methodology/case-file.ts";
import { casesOf, rulebookOf } from "../methodology/run-case.ts";
import { unwrapped } from "../result-value.ts";

const axes = {
  price: { from: -0.2, to: 0.2, count: 5 },
  volatility: { from: -0.2, to: 0.2, count: 3 },
  volatilityMode: "relative",
} as const;

async function surfaceOf(file: string) {
  const found = casesOf("span-array").find((one) => one.file === file);
  if (found === undefined) throw new Error(`no case ${file}`);
  const rules = unwrapped(
    resolveRules(rulebookOf("span-array"), { date: found.content.date }, found.content.overrides),
  );
  return unwrapped(
    await marginSurface({ ...caseInputs(found.content), methodology: spanArray, rules, axes, work: unwatched }),
  );
}

it("makes arrays anew at every point: a range that is a share of the price moves with it", async () => {
  const { layers } = await surfaceOf("kdpw-fw20-range-lowered.json");
  const row = [...layers.initial].slice(5, 10);
  const [low = 0, , base = 0, , high = 0] = row;
  expect(base).toBeCloseTo(14599 * 0.296, 6);
  // 8 contracts × 20 × 2466 × 3.7 %, moved and then rounded to whole PLN.
  expect(low).toBeCloseTo(Math.round(0.8 * 14598.72) * 0.296, 6);
  expect(high).toBeCloseTo(Math.round(1.2 * 14598.72) * 0.296, 6);
});

it("does not move the currency of listed contracts with their prices", async () => {
  const { layers } = await surfaceOf("takas-xu030-cal.json");
  // Five long and three short futures with printed arrays: the requirement in lira does not depend on the price level.
  const initial = [...layers.initial];
  expect(Math.max(...initial) - Math.min(...initial)).toBeLessThan(1e-9);
  expect(initial[0]).toBeCloseTo(4775 * 0.336, 6);
});
