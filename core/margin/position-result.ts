import { contractsOf, expiryOf, quantityUnit } from "../instrument/index.ts";
import { type AccountCharge, type BookPosition, type Line, walk } from "../methodology/index.ts";
import type { PositionId } from "../portfolio/index.ts";
import { positionGreeks } from "../pricing/index.ts";
import type { PnlCube } from "../revaluation/index.ts";
import type { PositionResult } from "./margin-result.ts";

/**
 * What a result says of one position: value, notional and greeks from its terms.
 *
 * @param binding    profit by position in the binding scenario, see `bindingPnlOf`
 * @param standAlone initial margin of the position alone, when it was asked for
 */
export function positionResult(
  { position, terms }: BookPosition,
  binding: ReadonlyMap<PositionId, number>,
  standAlone: number | undefined,
): PositionResult {
  const { id, instrument, quantity } = position;
  // A smile is the market's: a result that repeated it for every option would be its market many times over.
  const { smile: _, ...shown } = terms;
  const expiryMs = expiryOf(instrument);
  const bindingPnl = binding.get(id);
  const unit = quantityUnit(instrument);
  const coins = unit === instrument.underlying ? quantity : quantity / terms.mark;
  return {
    id,
    symbol: instrument.symbol,
    underlying: instrument.underlying,
    kind: instrument.kind,
    ...(expiryMs === undefined ? {} : { expiryMs }),
    ...(instrument.kind === "option" ? { strike: instrument.strike, optionType: instrument.optionType } : {}),
    quantity,
    quantityUnit: unit,
    ...(instrument.contractSize === undefined ? {} : { contracts: contractsOf(instrument, quantity) }),
    settlement: instrument.settlement,
    terms: shown,
    value: instrument.kind === "option" || instrument.kind === "stock" ? quantity * terms.mark : 0,
    notionalUsd: Math.abs(coins) * terms.index,
    greeks: positionGreeks(instrument, terms, quantity),
    ...(bindingPnl === undefined ? {} : { bindingPnl }),
    ...(standAlone === undefined ? {} : { standAlone }),
  };
}

/**
 * Profit of each position in the binding scenario of its account, unit of the account; gain > 0.
 * Read from the statement where it lists positions below a loss; else from the cube where settlement and account agree.
 */
export function bindingPnlOf(
  accounts: readonly AccountCharge[],
  positions: readonly BookPosition[],
  cubes: ReadonlyMap<string, PnlCube>,
): ReadonlyMap<PositionId, number> {
  const profits = new Map<PositionId, number>();
  for (const account of accounts) {
    for (const line of lossLines(account.initial)) {
      for (const { id, amount } of positionLeaves(line)) profits.set(id, (profits.get(id) ?? 0) + amount);
    }
    if (account.matrices.every((matrix) => matrix.bindingScenarioId === undefined)) continue;
    for (const { position } of positions) {
      const { id, instrument, quantity } = position;
      if (profits.has(id) || instrument.settlement !== account.unit) continue;
      for (const { setId, bindingScenarioId } of account.matrices) {
        const cube = cubes.get(setId);
        const row = cube?.rowOf.get(instrument.id);
        const column = cube?.scenarios.findIndex((scenario) => scenario.id === bindingScenarioId) ?? -1;
        if (cube === undefined || row === undefined || column < 0) continue;
        profits.set(id, quantity * (cube.values[row * cube.scenarios.length + column] ?? 0));
        break;
      }
    }
  }
  return profits;
}

/** Losses the requirement follows: those below the child a maximum takes; every loss where that child has none. */
function lossLines(initial: Line): readonly Line[] {
  const taken = [...walkTaken(initial)].filter(({ combine }) => combine.kind === "loss");
  return taken.length > 0 ? taken : [...walk(initial)].filter(({ combine }) => combine.kind === "loss");
}

function* walkTaken(line: Line): Generator<Line> {
  yield line;
  const { combine, children, amount } = line;
  const chosen = combine.kind === "max" ? children.filter((child) => child.amount === amount).slice(0, 1) : children;
  for (const child of chosen) yield* walkTaken(child);
}

function positionLeaves(line: Line): { id: PositionId; amount: number }[] {
  return [...walk(line)].flatMap(({ positionId, children, amount }) =>
    positionId === undefined || children.length > 0 ? [] : [{ id: positionId, amount }],
  );
}
