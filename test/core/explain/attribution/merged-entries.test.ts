import { describe, expect, it } from "vitest";
import { groupsOf, type Requirement, subsetMargins } from "../../../../core/explain/index.ts";
import { buildBook } from "../../../../core/margin/index.ts";
import { type BookPosition, catalog } from "../../../../core/methodology/index.ts";
import { runKernel } from "../../../../core/revaluation/index.ts";
import { productBook, shippedRules } from "../../../bench/product-book.ts";
import { draws } from "../../../bench/synthetic-inputs.ts";
import { venueBook } from "../../analysis/venue-book.ts";
import { unwrapped } from "../../result-value.ts";

const merging = [...catalog.values()].filter(({ id }) => {
  const { methodology, rules } = shippedRules(id);
  return unwrapped(methodology.under(rules.parameters)).mergesOptions !== undefined;
});

describe("options added up by group", () => {
  it("are there for every method that allows it", () =>
    expect(merging.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["deribit-portfolio", "deribit-cross-portfolio", "paradex-portfolio", "thalex-portfolio"]),
    ));

  it.each(merging)("$id: coalitions ask what their positions ask, to rounding", (methodology) => {
    const run = { ...venueBook(300, methodology), ...shippedRules(methodology.id) };
    const under = unwrapped(methodology.under(run.rules.parameters));
    const { book } = unwrapped(buildBook({ ...run, methodology: under }));
    // Five groups that cut through expiries, and one instrument that two of them hold.
    const [shared] = book.positions.filter(({ position }) => position.instrument.kind === "option");
    const twice: BookPosition[] =
      shared === undefined
        ? []
        : [{ ...shared, position: { ...shared.position, quantity: -2 * shared.position.quantity } }];
    const positions = [...book.positions, ...twice];
    const members = [0, 1, 2, 3, 4].map((group) => positions.filter((_, at) => at % 5 === group));
    for (const requirement of ["initial", "maintenance"] satisfies Requirement[]) {
      const margins = subsetMargins({ ...book, positions }, under, runKernel(), requirement);
      const coalitions = margins.ofGroups(members);
      const { uniform } = draws(3);
      for (let round = 0; round < 12; round++) {
        const coalition = Uint8Array.from(members, () => (round === 0 || uniform() < 0.5 ? 1 : 0));
        const held = positions.filter((entry) => members.some((own, at) => coalition[at] === 1 && own.includes(entry)));
        const plain = unwrapped(margins.of(held));
        expect(Math.abs(unwrapped(coalitions.of(coalition)) - plain)).toBeLessThanOrEqual(1e-9 * Math.max(1, plain));
      }
      if (book.positions.length > 100) expect(coalitions.entries).toBeLessThan(0.8 * positions.length);
    }
  });

  it("stand one an expiry and side where groups are expiries", () => {
    const { methodology, rules } = shippedRules("deribit-portfolio");
    const under = unwrapped(methodology.under(rules.parameters));
    const { book } = unwrapped(buildBook({ ...productBook(1000), methodology: under }));
    const groups = groupsOf(
      book.positions.map(({ position }) => position),
      "expiry",
    );
    const members = groups.map(({ positions }) =>
      book.positions.filter(({ position }) => positions.includes(position.id)),
    );
    // Ten expiries of two coins, long and short, and two perpetuals; options of nothing stand apart.
    const nothing = book.positions.filter(({ position }) => position.quantity === 0).length;
    expect(subsetMargins(book, under, runKernel(), "initial").ofGroups(members).entries).toBe(42 + nothing);
  });
});
