import { Button, Group, Modal, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Failure } from "../../client/types.ts";
import { type Overlay, useWorkspace, workspace } from "../../state/workspace.ts";
import { FailureBanner } from "../failure-banner.tsx";

interface NameDialogProps {
  readonly overlay: NonNullable<Overlay>;
  readonly title: string;
  readonly explanation: ReactNode;
  /** The name that is offered when the dialog opens. */
  readonly offered: () => string;
  /** Words of the button for a name. */
  readonly action?: (name: string) => string;
  /** Answers a failure, or nothing when it is done. */
  readonly save: (name: string) => Promise<Failure | undefined>;
}

const close = (): void => workspace.getState().open(undefined);

/** Asks for a name and saves something under it. */
export function NameDialog({ overlay, title, explanation, offered, action, save }: NameDialogProps) {
  const opened = useWorkspace((s) => s.overlay === overlay);
  return (
    <Modal opened={opened} onClose={close} title={title} centered closeButtonProps={{ "aria-label": "Close" }}>
      <NameForm offered={offered} explanation={explanation} words={action ?? (() => title)} save={save} />
    </Modal>
  );
}

interface NameFormProps extends Pick<NameDialogProps, "explanation" | "offered" | "save"> {
  readonly words: (name: string) => string;
}

function NameForm({ offered, explanation, words, save }: NameFormProps) {
  const [name, setName] = useState(() => offered().slice(0, 200));
  const [failure, setFailure] = useState<Failure>();
  const [busy, setBusy] = useState(false);
  const trimmed = name.trim();
  const submit = async (): Promise<void> => {
    setBusy(true);
    const failed = await save(trimmed);
    setBusy(false);
    setFailure(failed);
    if (!failed) close();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Text size="sm" c="dimmed" mb="sm">
        {explanation}
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
          Cancel
        </Button>
        <Button type="submit" loading={busy} disabled={trimmed === ""}>
          {words(trimmed)}
        </Button>
      </Group>
    </form>
  );
}
