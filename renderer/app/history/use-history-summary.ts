import { useEffect, useState } from "react";
import type { Failure, Input, Output } from "../../client/types.ts";
import { startJob } from "../../state/jobs.ts";

type Summary = Output<"history.summary">;

/** The summary of a history, asked again when the source is another object; an answer that is no longer wanted is dropped. */
export function useHistorySummary(
  history: Input<"history.summary">["history"],
  label: string,
): { readonly summary: Summary | undefined; readonly failure: Failure | undefined } {
  const [summary, setSummary] = useState<Summary>();
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => {
    const job = startJob("history.summary", { history }, { label });
    let current = true;
    setSummary(undefined);
    void job.result.then((answer) => {
      if (!current) return;
      setSummary(answer.ok ? answer.value : undefined);
      setFailure(answer.ok ? undefined : answer.failure);
    });
    return () => {
      current = false;
      job.supersede();
    };
  }, [history, label]);
  return { summary, failure };
}
