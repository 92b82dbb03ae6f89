import { type Result, success } from "../../base/index.ts";
import { effectivePortfolio, type LegInputs, resolveLegs } from "../../margin/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import type { ParsedMarginRequest } from "../contract.ts";

type Asked = Pick<ParsedMarginRequest, "edits" | "components" | "balances" | "legs">;

/**
 * The book to hold in another venue's contracts: legs are traded in the contracts they name before those are changed, so with legs all
 * changes are made at once, and none is left.
 *
 * @returns without legs the same portfolio and changes; the failure of a change that cannot be made
 */
export function tradedBook(
  { legs, ...changes }: Asked,
  inputs: LegInputs,
): Result<{ readonly held: Portfolio; readonly changes: Omit<Asked, "legs"> }> {
  if (legs.length === 0) return success({ held: inputs.portfolio, changes });
  const trades = resolveLegs(legs, inputs);
  if (!trades.ok) return trades;
  const effective = effectivePortfolio(inputs.portfolio, { ...changes, legs: trades.value });
  if (!effective.ok) return effective;
  return success({
    held: { ...inputs.portfolio, ...effective.value },
    changes: { edits: [], components: [], balances: [] },
  });
}
