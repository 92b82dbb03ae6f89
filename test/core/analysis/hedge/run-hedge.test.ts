import { describe, expect, it } from "vitest";
import { type HedgeProposal, type HedgeRun, runHedge } from "../../../../core/analysis/index.ts";
import { unwatched } from "../../../../core/base/index.ts";
import { highsSolver } from "../../../../core/host/solver/highs-solver.ts";
import { type AddedLeg, runMargin } from "../../../../core/margin/index.ts";
import { catalog } from "../../../../core/methodology/index.ts";
import { latestRules } from "../../methodology/run-case.ts";
import { unwrapped } from "../../result-value.ts";
import { market, portfolio } from "../sample-market.ts";
import { tinyMethodology, tinyRules } from "../tiny-methodology.ts";

const solver = await highsSolver();

const usual = {
  ...{ portfolio, market, methodology: tinyMethodology, rules: tinyRules, solver },
  candidates: { from: "book", kinds: ["perpetual", "option"], expiries: 2, strikes: 4, most: 20 },
  ...{ requirement: "initial", objective: { kind: "funding", capitalRate: 0.1, horizonDays: 30 } },
  costs: { feeBps: 3, halfSpreadBps: 5, impactBps: 0 },
  ...{ limits: [], lots: true, rounds: 8, seconds: 10, funding: [], methods: [] },
} as const satisfies HedgeRun;

async function proposed(changes: Partial<HedgeRun> = {}): Promise<HedgeProposal> {
  return unwrapped(await runHedge({ ...usual, ...changes }));
}

async function refusal(changes: Partial<HedgeRun>) {
  const result = await runHedge({ ...usual, ...changes });
  if (result.ok) throw new Error("was not refused");
  return result.failure;
}

/** The trades of a plan as legs of a margin run. */
function legsOf(proposal: HedgeProposal, plan: HedgeProposal["exact"]): readonly AddedLeg[] {
  return plan.trades.map(({ symbol, quantity }) => {
    const instrument = market.quotes.find((quote) => quote.instrument.symbol === symbol)?.instrument;
    if (instrument === undefined) throw new Error(`${symbol} of ${proposal.methodology} has no quote`);
    return { instrument, quantity };
  });
}

/** Whatever margins the small book without a history. */
const margining = [...catalog.values()].filter(({ id }) =>
  ["deribit-portfolio", "deribit-portfolio-legacy", "deribit-standard", "deribit-cross-portfolio"].includes(id),
);

describe("runHedge", () => {
  it.each([tinyMethodology, ...margining])(
    "says of $id what a margin run with the trades says",
    async (methodology) => {
      const rules = methodology === tinyMethodology ? tinyRules : latestRules(methodology);
      const proposal = await proposed({ methodology, rules });
      for (const plan of [proposal.exact, proposal.inLots]) {
        if (plan === undefined) throw new Error("no plan in lots");
        const legs = legsOf(proposal, plan);
        const margin = unwrapped(await runMargin({ portfolio, market, methodology, rules, legs }));
        expect(plan.state.initialUsd).toBeCloseTo(margin.totals.initialUsd, 6);
        expect(plan.state.maintenanceUsd).toBeCloseTo(margin.totals.maintenanceUsd, 6);
        const nothing = proposal.marginWeight * proposal.before.requirementUsd;
        expect(plan.objectiveUsd).toBeLessThanOrEqual(nothing * (1 + 1e-12));
        expect(plan.trades.at(-1)?.requirementAfterUsd ?? proposal.before.requirementUsd).toBeCloseTo(
          plan.state.requirementUsd,
          6,
        );
        const saved = plan.trades.reduce((total, one) => total + one.savedUsd, 0);
        expect(saved).toBeCloseTo(proposal.before.requirementUsd - plan.state.requirementUsd, 5);
      }
      const inLots = proposal.inLots?.trades ?? [];
      for (const { quantity, lots, candidate } of inLots)
        expect(quantity).toBeCloseTo((lots ?? 0) * (proposal.candidates[candidate]?.lot ?? Number.NaN), 9);
      expect(proposal.exact.objectiveUsd).toBeLessThanOrEqual((proposal.inLots?.objectiveUsd ?? 0) * (1 + 1e-12));
    },
  );

  it("needs one programme where charges are linear: each account has its own scenario rows", async () => {
    const { rounds, exact } = await proposed();
    expect(rounds).toHaveLength(1);
    expect(Math.abs(exact.programmeUsd / exact.state.requirementUsd - 1)).toBeLessThan(1e-9);
  });

  it("finds trades that pay for themselves, and says which scenarios bind", async () => {
    const [methodology] = margining.filter(({ id }) => id === "deribit-portfolio");
    if (methodology === undefined) throw new Error("no methodology");
    const proposal = await proposed({ methodology, rules: latestRules(methodology) });
    expect(proposal.exact.trades.length).toBeGreaterThan(0);
    expect(proposal.exact.state.requirementUsd).toBeLessThan(proposal.before.requirementUsd);
    expect(proposal.marginal[0]?.savedPerCost ?? 0).toBeGreaterThan(0);
    const ratios = proposal.marginal.map(({ savedPerCost }) => savedPerCost ?? 0);
    expect([...ratios].sort((a, b) => b - a)).toEqual(ratios);
    expect(proposal.binding.some(({ kind }) => kind === "scenario")).toBe(true);
  });

  it("meets a target at least cost, recomputed", async () => {
    const now = (await proposed()).before.requirementUsd;
    const objective = { kind: "target", marginUsd: 0.7 * now } as const;
    const proposal = await proposed({ objective });
    expect(proposal.marginWeight).toBe(0);
    expect(proposal.exact.state.requirementUsd).toBeLessThanOrEqual(0.7 * now * (1 + 1e-5));
    expect(proposal.exact.objectiveUsd).toBe(proposal.exact.costUsd);
  });

  it("keeps the greeks of the book within their limits", async () => {
    const limits = [{ measure: "delta", underlying: "BTC", most: 1000 }] as const;
    const proposal = await proposed({ limits });
    const traded = proposal.exact.trades.reduce((total, { candidate, quantity }) => {
      const one = proposal.candidates[candidate];
      return total + (one?.underlying === "BTC" ? one.deltaUsd * quantity : 0);
    }, 0);
    const margin = unwrapped(await runMargin({ portfolio, market, methodology: tinyMethodology, rules: tinyRules }));
    const held = margin.positions.reduce(
      (total, { underlying, greeks, terms }) => total + (underlying === "BTC" ? greeks.delta * terms.index : 0),
      0,
    );
    expect(Math.abs(held + traded)).toBeLessThanOrEqual(1000 * (1 + 1e-6));
  });

  it("shows other methods beside, and says of one that refuses why", async () => {
    const [first] = margining;
    if (first === undefined) throw new Error("no methodology");
    const methods = [{ label: "other", methodology: first, rules: latestRules(first) }];
    const [other] = (await proposed({ methods })).methods;
    expect(other?.before?.initialUsd).toBeGreaterThan(0);
    expect(other?.exact?.initialUsd).toBeGreaterThan(0);
  });

  it("takes bounds, lots and costs that are stated", async () => {
    const named = { symbol: "BTC-PERPETUAL", mostBought: 1000, mostSold: 500, lot: 100, unitCostUsd: 1e-6 };
    const proposal = await proposed({ candidates: { from: "symbols", instruments: [named] } });
    const [candidate] = proposal.candidates;
    expect(candidate).toMatchObject({
      mostBought: 1000,
      mostSold: 500,
      lot: 100,
      unitCostUsd: 1e-6,
      costSource: "set",
    });
    for (const { quantity } of proposal.exact.trades) expect(Math.abs(quantity)).toBeLessThanOrEqual(1000 + 1e-9);
  });

  it("gives the same answer twice", async () => {
    expect(await proposed()).toEqual(await proposed());
  });

  it("refuses names nobody knows, targets nothing meets, free profits, balances that are not there, and stops when told", async () => {
    expect(await refusal({ candidates: { from: "symbols", instruments: [{ symbol: "NONE" }] } })).toMatchObject({
      reason: "invalid-input",
      message: expect.stringContaining("NONE"),
    });
    const bounded = { symbol: "BTC-PERPETUAL", mostBought: 1, mostSold: 1 };
    expect(
      await refusal({
        candidates: { from: "symbols", instruments: [bounded] },
        objective: { kind: "target", marginUsd: 1 },
      }),
    ).toMatchObject({ reason: "not-applicable", message: expect.stringContaining("no quantities of the candidates") });
    const bare = { ...portfolio, balances: [] };
    expect(await refusal({ portfolio: bare, objective: { kind: "target", marginRatio: 0.5 } })).toMatchObject({
      reason: "missing-data",
    });
    expect(await refusal({ work: { ...unwatched, cancelled: () => true } })).toMatchObject({ reason: "cancelled" });
  });
});
