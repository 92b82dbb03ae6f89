import type { Failure } from "../../client/types.ts";
import { backtestStore } from "../../state/backtest.ts";
import { openPanel } from "../../state/layout.ts";

/** Opens a day as a run of one method and shows its statement. */
export async function openRun(day: number, label: string): Promise<Failure | undefined> {
  const failure = await backtestStore.getState().openDay(day, label);
  if (!failure) openPanel("statement");
  return failure;
}
