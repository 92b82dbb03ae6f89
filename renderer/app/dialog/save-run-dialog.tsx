import { Button, Group, Modal, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import { formatInstant } from "../../../core/base/format.ts";
import type { Failure } from "../../client/types.ts";
import { startJob } from "../../state/jobs.ts";
import { libraryStore } from "../../state/library.ts";
import { requestOf, session } from "../../state/session.ts";
import { useWorkspace, workspace } from "../../state/workspace.ts";
import { FailureBanner } from "../failure-banner.tsx";

const close = (): void => workspace.getState().open(undefined);

/** Keeps inputs, parameters, code version and result, so that the run can be replayed. */
export function SaveRunDialog() {
  const opened = useWorkspace((s) => s.overlay === "save-run");
  const [name, setName] = useState("");
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (!opened) return;
    const { result } = session.getState();
    setFailure(undefined);
    setName(
      result ? `${result.portfolioName}, ${result.methodology.id}, ${formatInstant(result.asOfMs)}`.slice(0, 200) : "",
    );
  }, [opened]);

  const save = async (): Promise<void> => {
    const request = requestOf(session.getState());
    if (!request) return;
    setBusy(true);
    const answer = await startJob("run.save", { name: name.trim(), request }, { label: `Save run ${name}` }).result;
    setBusy(false);
    if (!answer.ok) {
      setFailure(answer.failure);
      return;
    }
    notifications.show({ message: `Saved run “${answer.value.name}”`, color: "accent" });
    void libraryStore.getState().refresh();
    close();
  };

  return (
    <Modal opened={opened} onClose={close} title="Save run" centered closeButtonProps={{ "aria-label": "Close" }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Text size="sm" c="dimmed" mb="sm">
          Inputs, parameters, overrides, code version and result are kept together; another person can replay them.
        </Text>
        <TextInput
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={200}
          required
          data-autofocus
        />
        {failure && <FailureBanner failure={failure} />}
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            Keep unsaved
          </Button>
          <Button type="submit" loading={busy} disabled={name.trim() === ""}>
            Save run
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
