import { isoDate, type Result, success, unwatched, type Work } from "../../base/index.ts";
import { mappedBook } from "../../explain/index.ts";
import { type History, historyUpTo } from "../../history/index.ts";
import { type AccountResult, runMargin } from "../../margin/index.ts";
import type { MarketSnapshot } from "../../market/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import { accountAfter } from "./account.ts";
import type { BacktestMethod, MethodPoint } from "./backtest.ts";

/** What a method is asked at one instant. */
export interface MethodInstant {
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
  readonly history: History | undefined;
  /** First instant of the backtest: a fixed calibration knows the history up to it. */
  readonly startMs: number;
  /** The same method at the point before. */
  readonly before: MethodPoint | undefined;
  /** Profit since then, USD; 0 at the first point. */
  readonly profitUsd: number;
  readonly startMultiple: number;
  readonly horizonDays: number;
  readonly work?: Pick<Work, "cancelled" | "pause">;
}

/**
 * Requirement of a method at one instant, and the account that follows it: equity earns the profit since the point before, and
 * when it stands below maintenance a call brings it to initial margin. The book is held in the instruments of the method's venue.
 *
 * @returns failures as `runMargin` and as the rules of the day
 */
export async function methodPoint(method: BacktestMethod, instant: MethodInstant): Promise<Result<MethodPoint>> {
  const { portfolio, market, before, profitUsd, startMultiple, horizonDays, work } = instant;
  const rules = method.rulesOn(isoDate(market.asOfMs));
  if (!rules.ok) return rules;
  const known = method.calibration === "start" ? instant.startMs : market.asOfMs;
  const history = instant.history && historyUpTo(instant.history, known);
  const mapped = mappedBook(portfolio, market, method.methodology.venue);
  const result = await runMargin({
    ...{ portfolio: mapped.portfolio, market: mapped.market, methodology: method.methodology, rules: rules.value },
    ...(history === undefined ? {} : { history }),
    work: { ...unwatched, ...work },
  });
  if (!result.ok) return result;
  const { totals, accounts, excluded, inputs } = result.value;
  const { initialUsd, maintenanceUsd } = totals;
  return success({
    label: method.label,
    initialUsd,
    maintenanceUsd,
    binding: accounts.flatMap(({ id, matrices }) =>
      matrices.flatMap(({ bindingScenarioId }) =>
        bindingScenarioId === undefined ? [] : [`${id}: ${bindingScenarioId}`],
      ),
    ),
    version: rules.value.version,
    parameters: inputs.parameters,
    excluded: excluded.length + mapped.leftOut.length,
    ...forecastUsd(accounts, horizonDays),
    ...accountAfter(before, totals, profitUsd, startMultiple),
  });
}

/** VaR and ES of a method of one account, where they look as far ahead as the close-out period. */
function forecastUsd(
  [account, ...others]: readonly Pick<AccountResult, "forecast" | "usdPerUnit">[],
  horizonDays: number,
): Pick<MethodPoint, "valueAtRiskUsd" | "expectedShortfallUsd" | "forecastConfidence"> {
  const forecast = account?.forecast;
  if (account === undefined || forecast === undefined || others.length > 0 || forecast.days !== horizonDays) return {};
  return {
    valueAtRiskUsd: forecast.valueAtRisk * account.usdPerUnit,
    expectedShortfallUsd: forecast.expectedShortfall * account.usdPerUnit,
    forecastConfidence: forecast.confidence,
  };
}
