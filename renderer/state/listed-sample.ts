import type { StoreApi } from "zustand/vanilla";
import type { Failure } from "../client/types.ts";
import { startJob } from "./jobs.ts";
import { libraryStore } from "./library.ts";
import { type PanelState, type StoredChoice, session } from "./session.ts";

/** What a store shows while the sample is read. */
type Shown = StoreApi<{
  readonly state: PanelState;
  readonly failure: Failure | undefined;
  readonly jobId: number | undefined;
  readonly cancelled: boolean;
}>;

/**
 * The shipped book of listed products, saved in the library, becomes the session's, margined by the strategy-based method.
 *
 * @param store shows the work and a failure of it
 * @param panel the work is of
 * @returns true when the session has the book
 */
export async function listedSample(store: Pick<Shown, "setState">, panel: string): Promise<boolean> {
  const job = startJob("import.listed-sample", {}, { label: "Synthetic listed sample", panel });
  store.setState({ state: "loading", jobId: job.id, failure: undefined, cancelled: false });
  const answer = await job.result;
  store.setState({ jobId: undefined });
  if (!answer.ok) {
    const stopped = answer.failure.reason === "cancelled";
    store.setState(stopped ? { state: "empty", cancelled: true } : { state: "error", failure: answer.failure });
    return false;
  }
  await libraryStore.getState().refresh();
  const { portfolio, market, parameterFile } = answer.value;
  session.getState().takeUp({
    ...{ portfolio: portfolio && chosen(portfolio), market: market && chosen(market), history: undefined },
    ...{ parameterFile: parameterFile && chosen(parameterFile), methodology: "strategy-based", rules: undefined },
    ...{ overrides: [], edits: {}, components: [], balances: [] },
  });
  return true;
}

const chosen = ({ id, name }: StoredChoice): StoredChoice => ({ id, name });
