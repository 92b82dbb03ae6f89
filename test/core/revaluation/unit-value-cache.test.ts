import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runMargin } from "../../../core/margin/index.ts";
import {
  bestKernel,
  cachingKernel,
  type PricedInstrument,
  type RevaluationKernel,
} from "../../../core/revaluation/index.ts";
import type { Scenario } from "../../../core/scenario/index.ts";
import { call, market, portfolio, put } from "../analysis/sample-market.ts";
import { tinyMethodology, tinyRules } from "../analysis/tiny-methodology.ts";

/** A kernel that counts what it is asked to price. */
function counting(): RevaluationKernel & { priced: number } {
  const kernel = {
    name: "counting",
    priced: 0,
    unitPnl: (...[instruments, scenarios, into]: Parameters<RevaluationKernel["unitPnl"]>) => {
      kernel.priced += instruments.length;
      return bestKernel().unitPnl(instruments, scenarios, into);
    },
  };
  return kernel;
}

const terms = { index: 91_000, forward: 92_000, years: 0.2, volatility: 0.5, mark: 0.01 };
const sources = { forward: "parity", mark: "quoted" } as const;
const held = (instrument: typeof call, changes: Partial<typeof terms> = {}): PricedInstrument => ({
  instrument,
  terms: { ...terms, ...changes, sources },
});
const list = (...moves: number[]): readonly Scenario[] =>
  moves.map((priceMove) => ({
    id: `${priceMove}`,
    label: "",
    priceMove,
    volatility: { change: 0.2, mode: "relative" },
  }));

describe("cachingKernel", () => {
  it("reprices nothing when a quantity changes, and the margin is the same bits as without a cache", async () => {
    const plain = counting();
    const kernel = cachingKernel(plain);
    const run = { portfolio, market, methodology: tinyMethodology, rules: tinyRules };
    await runMargin({ ...run, kernel });
    const once = plain.priced;
    expect(once).toBe(4);
    const edits = [{ positionId: portfolio.positions[1]?.id ?? "", quantity: 33 }];
    const cached = await runMargin({ ...run, kernel, edits });
    expect(plain.priced).toBe(once);
    expect(cached).toEqual(await runMargin({ ...run, kernel: plain, edits }));
  });

  it("gives the same values again when the table grew while they were kept", () => {
    const kernel = cachingKernel(bestKernel());
    const many = Array.from({ length: 200 }, (_, index) =>
      held({ ...call, id: `deribit:many-${index}` as typeof call.id, strike: 50_000 + 500 * index }),
    );
    const first = kernel.unitPnl(many, list(-0.1, 0.1));
    expect(kernel.unitPnl(many, list(-0.1, 0.1))).toEqual(first);
  });

  it("prices only what was added", () => {
    const plain = counting();
    const kernel = cachingKernel(plain);
    kernel.unitPnl([held(call)], list(-0.1, 0.1));
    kernel.unitPnl([held(put), held(call)], list(-0.1, 0.1));
    expect(plain.priced).toBe(2);
  });

  it.each([
    ["forward", { forward: 92_001 }],
    ["time", { years: 0.19 }],
    ["volatility", { volatility: 0.51 }],
    ["index", { index: 91_001 }],
  ])("prices again when the %s is another", (_, changes) => {
    const plain = counting();
    const kernel = cachingKernel(plain);
    kernel.unitPnl([held(call)], list(-0.1, 0.1));
    expect(kernel.unitPnl([held(call, changes)], list(-0.1, 0.1))).toEqual(
      bestKernel().unitPnl([held(call, changes)], list(-0.1, 0.1)),
    );
    expect(plain.priced).toBe(2);
  });

  it("prices again when contract terms of one id are others", () => {
    const plain = counting();
    const kernel = cachingKernel(plain);
    kernel.unitPnl([held(call)], list(-0.1, 0.1));
    const other = held({ ...call, strike: call.strike + 1 });
    expect(kernel.unitPnl([other], list(-0.1, 0.1))).toEqual(bestKernel().unitPnl([other], list(-0.1, 0.1)));
    expect(plain.priced).toBe(2);
  });

  it("knows a scenario list by its moves and shocks, not by its names", () => {
    const plain = counting();
    const kernel = cachingKernel(plain);
    kernel.unitPnl([held(call)], list(-0.1, 0.1));
    kernel.unitPnl(
      [held(call)],
      list(-0.1, 0.1).map((scenario) => ({ ...scenario, label: "another" })),
    );
    expect(plain.priced).toBe(1);
    kernel.unitPnl([held(call)], list(-0.1, 0.11));
    expect(plain.priced).toBe(2);
  });

  it("keeps within its memory: what was used longest ago is priced again", () => {
    const plain = counting();
    const kernel = cachingKernel(plain, 4_000);
    kernel.unitPnl([held(call)], list(-0.1, 0.1));
    kernel.unitPnl([held(call)], list(-0.2, 0.2));
    kernel.unitPnl([held(call)], list(-0.2, 0.2));
    expect(plain.priced).toBe(2);
    for (let i = 0; i < 5; i++) kernel.unitPnl([held(call)], list(-0.3, 0.3 + i));
    kernel.unitPnl([held(call)], list(-0.1, 0.1));
    expect(plain.priced).toBe(8);
  });

  it("gives the bits of the kernel for any books in any order", () => {
    const instrument = fc.record({
      forward: fc.constantFrom(90_000, 92_000),
      volatility: fc.constantFrom(0.3, 0.5),
      isCall: fc.boolean(),
    });
    const book = fc.array(instrument, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(fc.array(book, { minLength: 1, maxLength: 5 }), (books) => {
        const kernel = cachingKernel(bestKernel());
        for (const members of books) {
          const priced = members.map(({ isCall, ...changes }) => held(isCall ? call : put, changes));
          expect(kernel.unitPnl(priced, list(-0.2, 0, 0.3))).toEqual(bestKernel().unitPnl(priced, list(-0.2, 0, 0.3)));
        }
      }),
      { numRuns: 50 },
    );
  });
});
