import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { hedgedDelta, minimumDeltaLine } from "../../../core/methodology/paradex-portfolio/minimum-delta.ts";

const printed = z.object({
  market: z.object({ asset: z.string(), spot: z.number() }),
  positions: z.array(z.object({ qty: z.number(), delta: z.number() })),
  parameters: z.object({ unhedgedFactor: z.number(), hedgedFactor: z.number() }),
  expected: z.object({
    ...{ netDelta: z.number(), grossDelta: z.number(), hedgedDelta: z.number(), minDeltaRequirement: z.number() },
  }),
});

it("gives the minimum delta requirement the venue prints", () => {
  const path = resolve(import.meta.dirname, "../../golden/paradex/min-delta.json");
  const { market, positions, parameters, expected } = printed.parse(JSON.parse(readFileSync(path, "utf8")));
  const deltas = positions.map(({ qty, delta }) => qty * delta);
  expect(hedgedDelta(deltas)).toEqual({
    net: expected.netDelta,
    gross: expected.grossDelta,
    hedged: expected.hedgedDelta,
  });
  const own = { ...parameters, minimumVolatilityUp: 0, fundingRate: 0, scenarios: [] };
  const line = minimumDeltaLine(market.asset, deltas, market.spot, own);
  expect(line.amount).toBeCloseTo(expected.minDeltaRequirement, 9);
});
