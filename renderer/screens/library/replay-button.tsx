import { Button, Popover } from "@mantine/core";
import { useState } from "react";
import type { Failure, Output, StoredSummary } from "../../client/types.ts";
import { startJob } from "../../state/jobs.ts";
import styles from "./library-screen.module.css";

type Verdict = Output<"run.replay">;

/** Computes a stored run again and says whether every digit is equal. */
export function ReplayButton({ entry }: { readonly entry: StoredSummary }) {
  const [verdict, setVerdict] = useState<Verdict>();
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const replay = async (): Promise<void> => {
    setBusy(true);
    const answer = await startJob("run.replay", { id: entry.id }, { label: `Replay ${entry.name}` }).result;
    setBusy(false);
    setVerdict(answer.ok ? answer.value : undefined);
    setFailure(answer.ok ? undefined : answer.failure);
  };
  return (
    <>
      {verdict?.equal && (
        <output className={styles.equal} data-verdict="equal">
          ✓ every digit equal
        </output>
      )}
      {verdict && !verdict.equal && (
        <Popover shadow="md" width={380} withArrow>
          <Popover.Target>
            <Button size="compact-xs" color="red" variant="light" data-verdict="different">
              {verdict.differences.length} differences
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <ul className={styles.differences}>
              {verdict.differences.map((difference) => (
                <li key={difference}>{difference}</li>
              ))}
            </ul>
          </Popover.Dropdown>
        </Popover>
      )}
      {failure && <span className={styles.failure}>{failure.message}</span>}
      <Button size="compact-xs" variant="default" loading={busy} onClick={() => void replay()}>
        Replay
      </Button>
    </>
  );
}
