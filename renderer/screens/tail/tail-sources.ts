import { formatDay, formatInstant, formatPercent } from "../../../core/base/format.ts";
import type { BacktestResult } from "../../client/through-time.ts";
import type { AccountResult, Line, MarginResult } from "../../client/types.ts";
import { letterOf } from "../../figures/backtest-figure.ts";
import { backtestSeries } from "../../figures/backtest-series.ts";
import { sampleTail, type TailData, type TailLine } from "../../figures/tail.ts";

export interface TailSource {
  readonly id: string;
  readonly label: string;
  readonly data: TailData;
}

/** Samples of losses there are: those that came in the back-test, and the scenarios of a tail measure. */
export function tailSources(
  backtest: { readonly name: string; readonly result: BacktestResult } | undefined,
  result: MarginResult | undefined,
  confidence: number,
): readonly TailSource[] {
  return [...(backtest ? ofBacktest(backtest, confidence) : []), ...(result ? ofResult(result) : [])];
}

/** Losses over the close-out period of every day, against what the methods required on average. */
function ofBacktest(
  { name, result }: { readonly name: string; readonly result: BacktestResult },
  confidence: number,
): readonly TailSource[] {
  const { timesMs, lossUsd, methods } = backtestSeries(result);
  const places = timesMs.flatMap((_, at) => (lossUsd[at] === undefined ? [] : [at]));
  if (places.length < leastLosses) return [];
  const losses = places.map((at) => lossUsd[at] ?? 0);
  const { valueAtRisk, expectedShortfall } = sampleTail(losses, confidence);
  const percent = formatPercent(confidence, { decimals: 1 });
  const margins = methods.flatMap(({ initialUsd }, place): TailLine[] => {
    const known = initialUsd.filter((amount) => amount !== undefined);
    if (known.length === 0) return [];
    const value = known.reduce((total, amount) => total + amount, 0) / known.length;
    return [{ label: `mean ${letterOf(place)}`, value, kind: "margin" }];
  });
  return [
    {
      id: "backtest",
      label: `Losses of the back-test ${name}`,
      data: {
        ...{ title: `Losses of ${name}`, unit: "USD", losses, of: losses.length },
        labels: places.map((at) => formatInstant(timesMs[at])),
        lines: [
          { label: `VaR ${percent}`, value: valueAtRisk, kind: "var" },
          { label: `ES ${percent}`, value: expectedShortfall, kind: "es" },
          ...margins,
        ],
        note: `${losses.length} losses, ${formatDay(timesMs[0])} to ${formatDay(timesMs.at(-1))}; VaR is the loss of rank ⌊(1 − c)·n⌋ + 1, ES the mean of the worst (1 − c)·n`,
      },
    },
  ];
}

const leastLosses = 5;

/** Worst scenarios of each model of a tail measure, as far as the result lists them. */
function ofResult({ accounts, methodology, rules }: MarginResult): readonly TailSource[] {
  return accounts.flatMap((account) =>
    (account.decompositions ?? [])
      .filter(({ kind }) => kind === "tail-scenario")
      .flatMap((decomposition): TailSource[] => {
        const { setId, lineId, measure, unit } = decomposition;
        const matrix = account.matrices.find((one) => one.setId === setId);
        const line = lineOf(account, lineId);
        if (matrix === undefined || matrix.cells.length < leastLosses) return [];
        const losses = matrix.cells.map(({ amount }) => 0 - amount);
        const of = inputOf(line, "scenarios") ?? losses.length;
        const valueAtRisk = inputOf(line, "VaR") ?? bindingLoss(matrix);
        const isShortfall = line?.label.startsWith("Expected shortfall") ?? false;
        return [
          {
            id: `${account.id} ${setId}`,
            label: `Scenarios of ${methodology.id} ${rules.version}, ${setId}`,
            data: {
              ...{ title: `${methodology.id} ${rules.version}, ${setId} scenarios`, unit, losses, of },
              labels: matrix.cells.map(({ label }) => label),
              lines: [
                ...(valueAtRisk === undefined ? [] : [{ label: "VaR", value: valueAtRisk, kind: "var" } as const]),
                ...(isShortfall ? [{ label: "ES", value: measure, kind: "es" } as const] : []),
              ],
              note:
                losses.length < of
                  ? `the worst ${losses.length} of ${of} scenarios; the others lose less or gain`
                  : `${of} scenarios`,
            },
          },
        ];
      }),
  );
}

function bindingLoss({ cells, bindingScenarioId }: AccountResult["matrices"][number]): number | undefined {
  const cell = cells.find(({ scenarioId }) => scenarioId === bindingScenarioId);
  return cell && 0 - cell.amount;
}

function lineOf({ initial, maintenance }: AccountResult, id: string): Line | undefined {
  const search = (line: Line): Line | undefined => {
    if (line.id === id) return line;
    for (const child of line.children) {
      const found = search(child);
      if (found) return found;
    }
    return undefined;
  };
  return search(initial) ?? search(maintenance);
}

function inputOf(line: Line | undefined, label: string): number | undefined {
  const value = line?.inputs.find((input) => input.label === label)?.value;
  return typeof value === "number" ? value : undefined;
}
