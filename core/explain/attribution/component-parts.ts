import { DomainError, sum } from "../../base/index.ts";
import type { AccountResult, MarginResult } from "../../margin/index.ts";
import { type Line, walk } from "../../methodology/index.ts";
import { type Part, partsOf } from "../parts.ts";
import type { Requirement } from "./subset-margins.ts";

/** Part of a requirement that belongs to no single position. */
export interface SharedPart {
  readonly account: string;
  readonly lineId: string;
  readonly label: string;
  /** USD; below 0 where it lowers the requirement. */
  readonly amount: number;
}

/** A requirement along its statement: what each position adds in the scenario that binds, and what is shared. */
export interface ComponentParts {
  /** USD by position; below 0 where it lowers the requirement. */
  readonly positions: ReadonlyMap<string, number>;
  readonly shared: readonly SharedPart[];
  /** Binding scenarios that tie with another one: the first is taken. */
  readonly ties: readonly string[];
}

/**
 * Component amounts of a requirement in USD: along the statement, through the child a maximum takes, in the scenario that binds (of VaR and ES:
 * the scenarios of the tail, which is Euler's allocation).
 *
 *     requirement = Σ positions + Σ shared
 *
 * @param result a margin result with its lines of single positions
 * @throws DomainError if the parts do not add up to the requirement within 1e-9 of it
 */
export function componentParts(result: MarginResult, requirement: Requirement): ComponentParts {
  const terms = new Map<string, number[]>();
  const shared: SharedPart[] = [];
  for (const account of result.accounts) {
    const top = account[requirement];
    const parts = expandedParts(top, account);
    const added = sum(parts.map(({ amount }) => amount));
    if (Math.abs(added - top.amount) > 1e-9 * Math.max(1, Math.abs(top.amount)))
      throw new DomainError(`parts of ${top.id} must add up to ${top.amount}`, added);
    for (const { line, amount } of parts) {
      const usd = amount * account.usdPerUnit;
      if (line.positionId !== undefined) terms.set(line.positionId, [...(terms.get(line.positionId) ?? []), usd]);
      else if (usd !== 0) shared.push({ account: account.id, lineId: line.id, label: line.label, amount: usd });
    }
  }
  return {
    positions: new Map([...terms].map(([id, amounts]) => [id, sum(amounts)])),
    shared,
    ties: result.accounts.flatMap(tiesOf),
  };
}

/**
 * Parts of a requirement down to positions. A statement shows each sum once: a line that another tree of the account shows with its parts
 * (a matrix that both requirements rest on) is split as it is there.
 */
function expandedParts(top: Line, { initial, maintenance }: AccountResult): readonly Part[] {
  const stops = ({ positionId }: Line): boolean => positionId !== undefined;
  const other = top === initial ? maintenance : initial;
  const detailed = new Map(
    [...walk(other)].flatMap((line) => (line.children.length > 0 ? [[keyOf(line), line] as const] : [])),
  );
  return [...partsOf(top, stops)].flatMap((part): readonly Part[] => {
    const same = part.line.children.length > 0 || stops(part.line) ? undefined : detailed.get(keyOf(part.line));
    return same === undefined ? [part] : [...partsOf(same, stops, part.factor)];
  });
}

function keyOf({ label, rule, unit, amount }: Line): string {
  return `${rule} ${label} ${amount} ${unit}`;
}

function tiesOf({ id, matrices }: AccountResult): readonly string[] {
  return matrices.flatMap(({ cells, bindingScenarioId, title }) => {
    const binding = cells.find(({ scenarioId }) => scenarioId === bindingScenarioId);
    if (binding === undefined) return [];
    const tied = cells.filter(
      ({ amount, scenarioId }) => amount === binding.amount && scenarioId !== bindingScenarioId,
    );
    if (tied.length === 0) return [];
    return [
      `${id}, ${title}: ${binding.label} ties with ${tied.map(({ label }) => label).join(", ")}; the first is taken`,
    ];
  });
}
