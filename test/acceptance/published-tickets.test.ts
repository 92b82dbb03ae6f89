import { describe, expect, it } from "vitest";
import { catalog } from "../../core/methodology/index.ts";
import { memoryCore } from "../core/api/memory-core.ts";
import { type CaseFile, caseInputs } from "../core/methodology/case-file.ts";
import { amountOf } from "../core/methodology/expected-amount.ts";
import { casesOf, type NamedCase } from "../core/methodology/run-case.ts";

/** Two cases of one source: the book of the second is that of the first and some legs more, at the same market. */
interface PublishedTicket {
  readonly methodology: string;
  readonly before: string;
  readonly after: string;
  readonly legs: number;
  readonly from: CaseFile;
  readonly to: CaseFile;
}

/** Every pair of cases that others published, over all methods. */
const tickets: readonly PublishedTicket[] = [...catalog.keys()].flatMap((methodology) => {
  const published = casesOf(methodology).filter(({ content }) => content.provenance !== "own-computation");
  return published.flatMap((before) =>
    published.flatMap((after) => {
      const legs = legsBetween(before, after);
      return legs === undefined
        ? []
        : [{ methodology, before: before.file, after: after.file, legs, from: before.content, to: after.content }];
    }),
  );
});

/** How many positions the second has more; `undefined` unless it has all of the first, at a market that says the same. */
function legsBetween({ content: from }: NamedCase, { content: to }: NamedCase): number | undefined {
  const more = to.portfolio.positions.length - from.portfolio.positions.length;
  if (more < 1 || more > 4 || from.portfolio.positions.length === 0) return undefined;
  const { positions: _, ...fromRest } = from.portfolio;
  const { positions: __, ...toRest } = to.portfolio;
  const same =
    isSame([from.date, from.asOf, from.rules, from.overrides], [to.date, to.asOf, to.rules, to.overrides]) &&
    isSame([from.history, from.parameterFile], [to.history, to.parameterFile]) &&
    isSame(fromRest, toRest) &&
    isSame([from.market.venue, from.market.indices], [to.market.venue, to.market.indices]) &&
    isPart(from.portfolio.positions, to.portfolio.positions) &&
    isPart(Object.entries(from.market.instruments), Object.entries(to.market.instruments)) &&
    isPart(from.market.feeds, to.market.feeds) &&
    isPart(from.market.smiles, to.market.smiles);
  return same ? more : undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function isPart(some: readonly unknown[], all: readonly unknown[]): boolean {
  return some.every((one) => all.some((other) => isSame(one, other)));
}

describe("a case and some legs more is the other case of its source", () => {
  it("finds the table of an exchange, twice, and contract tests of a venue", () => {
    const found = tickets.map(
      ({ methodology, before, after, legs }) => `${methodology}: ${before} + ${legs} = ${after}`,
    );
    expect(found).toEqual([
      "derive-portfolio-1: contract-p21.json + 1 = contract-p35.json",
      "derive-portfolio-1: contract-p29.json + 2 = contract-p15.json",
      "derive-portfolio-1: contract-v15.json + 2 = contract-v21.json",
      "derive-standard: contract-t15.json + 3 = contract-t23.json",
      "risk-based-customer: published-2007-ibm-short-call.json + 1 = published-2007-ibm-covered-call.json",
      "strategy-based: cboe2007-ibm-short-call.json + 1 = cboe2007-ibm-covered-call.json",
      "strategy-based: short-call-itm.json + 1 = call-credit-spread-itm.json",
    ]);
  });

  it.each(tickets)("$methodology: $before, $legs more, gives $after", async ({ methodology, from, to }) => {
    const core = memoryCore();
    const [before, after] = [caseInputs(from), caseInputs(to)];
    const stored = { note: "", savedAtMs: 0 };
    core.ports.store.portfolios.save({ id: "before", name: "before", ...stored, content: before.portfolio });
    core.ports.store.portfolios.save({ id: "after", name: "after", ...stored, content: after.portfolio });
    core.ports.store.markets.save({ id: "market", name: "market", ...stored, content: after.market });
    const held = new Set(from.portfolio.positions.map(({ symbol }) => symbol));
    const legs = after.portfolio.positions
      .filter(({ instrument }) => !held.has(instrument.symbol))
      .map(({ instrument: { symbol }, quantity }) => ({ instrument: { symbol }, quantity }));
    const method = { methodology, rules: to.rules ?? { date: to.date }, overrides: to.overrides };
    const market = { id: "market" };

    const ticket = await core.call("what-if.run", { portfolio: { id: "before" }, market, columns: [method], legs });
    const alone = await core.call("margin.run", { ...method, portfolio: { id: "before" }, market });
    const whole = await core.call("margin.run", { ...method, portfolio: { id: "after" }, market });
    const withLegs = await core.call("margin.run", { ...method, portfolio: { id: "before" }, market, legs });
    const [column] = ticket.columns;
    if (column === undefined || "failure" in column) throw new Error(column?.failure.message);
    expect(column.before.initialUsd).toBe(alone.totals.initialUsd);
    expect([column.after.initialUsd, column.after.maintenanceUsd]).toEqual([
      whole.totals.initialUsd,
      whole.totals.maintenanceUsd,
    ]);
    const published = Object.entries(to.expected).filter(([name]) => !isOfBalances(name));
    const surpluses = Object.entries(to.expected).filter(([name]) => surplus.test(name));
    expect(published.length + surpluses.length).toBeGreaterThan(0);
    for (const [name, expected] of published) expectNear(amountOf(withLegs, name), expected, to, name);
    // A ticket is paid for, the book of the source was not: what it requires is the same, what it leaves is not.
    for (const [name, expected] of surpluses) {
      const [, account = "", requirement = ""] = surplus.exec(name) ?? [];
      const balance = amountOf(whole, `${account}/margin-balance`) ?? Number.NaN;
      expectNear(
        requirement === "initial" ? column.after.initialUsd : column.after.maintenanceUsd,
        balance - expected,
        to,
        name,
      );
    }
  });
});

/** Margin balance less a requirement, as a venue states it. */
const surplus = /^(\w+)\/surplus\/(initial|maintenance)$/;

function isOfBalances(name: string): boolean {
  return surplus.test(name) || name.endsWith(":availableFunds") || name.endsWith("/margin-balance");
}

function expectNear(amount: number | undefined, expected: number, { tolerance }: CaseFile, name: string): void {
  const allowed =
    typeof tolerance === "number" ? tolerance : tolerance.relative * Math.max(tolerance.scale, Math.abs(expected));
  expect(Math.abs((amount ?? Number.NaN) - expected), name).toBeLessThanOrEqual(allowed);
}
