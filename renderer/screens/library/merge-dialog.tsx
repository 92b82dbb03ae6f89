import { Button, Checkbox, Group, Modal, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { call } from "../../client/index.ts";
import type { Failure, Input, StoredSummary } from "../../client/types.ts";
import { startJob } from "../../state/jobs.ts";
import { libraryStore } from "../../state/library.ts";
import styles from "./library-screen.module.css";
import { mergeParts } from "./merge-parts.ts";

interface MergeDialogProps {
  readonly histories: readonly StoredSummary[];
  readonly onClose: () => void;
}

/** Makes one history of several; of a factor that two have the first chosen counts, or both, joined behind a break. */
export function MergeDialog({ histories, onClose }: MergeDialogProps) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [joined, setJoined] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);

  const merge = async (): Promise<void> => {
    setBusy(true);
    const failed = await mergeHistories({ name: name.trim(), chosen, joined });
    setBusy(false);
    setFailure(failed);
    if (!failed) onClose();
  };
  return (
    <Modal opened onClose={onClose} title="Merge histories" centered closeButtonProps={{ "aria-label": "Close" }}>
      <Text size="sm" c="dimmed">
        Choose two or more, the preferred source first. The histories stay as they are.
      </Text>
      <fieldset className={styles.parts} aria-label="Histories to merge" style={{ border: 0 }}>
        {histories.map(({ id, name: label, note }) => {
          const place = chosen.indexOf(id);
          return (
            <Checkbox
              key={id}
              label={place < 0 ? label : `${place + 1}. ${label}`}
              description={note}
              checked={place >= 0}
              onChange={() => setChosen(place < 0 ? [...chosen, id] : chosen.filter((other) => other !== id))}
            />
          );
        })}
      </fieldset>
      <Checkbox
        label="Join a factor that several have: later values follow behind a break"
        description="Otherwise the first source counts and the others are named as left out."
        checked={joined}
        onChange={(event) => setJoined(event.currentTarget.checked)}
      />
      <TextInput
        mt="sm"
        label="Save under"
        value={name}
        maxLength={200}
        onChange={(event) => setName(event.currentTarget.value)}
        required
      />
      {failure && <FailureBanner failure={failure} />}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={chosen.length < 2 || name.trim() === ""} loading={busy} onClick={() => void merge()}>
          Merge {chosen.length} histories
        </Button>
      </Group>
    </Modal>
  );
}

interface Merge {
  readonly name: string;
  readonly chosen: readonly string[];
  readonly joined: boolean;
}

async function mergeHistories({ name, chosen, joined }: Merge): Promise<Failure | undefined> {
  const factors: (readonly string[])[] = [];
  for (const id of joined ? chosen : []) {
    const answer = await startJob("history.summary", { history: { id } }, { label: "Factors of a history" }).result;
    if (!answer.ok) return answer.failure;
    factors.push(answer.value.series.map(({ factor }) => factor));
  }
  const input: Input<"history.merge"> = { name, parts: mergeParts(chosen, factors) };
  const answer = await call("history.merge", input);
  if (!answer.ok) return answer.failure;
  await libraryStore.getState().refresh();
  return undefined;
}
