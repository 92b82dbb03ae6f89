import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { layoutStore, useLayout } from "../../state/layout.ts";
import { useWorkspace, workspace } from "../../state/workspace.ts";

const close = (): void => workspace.getState().open(undefined);

export function SaveLayoutDialog() {
  const opened = useWorkspace((s) => s.overlay === "save-layout");
  const names = useLayout((s) => s.names);
  const [name, setName] = useState("");
  const trimmed = name.trim();
  return (
    <Modal opened={opened} onClose={close} title="Save layout" centered closeButtonProps={{ "aria-label": "Close" }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          layoutStore.getState().saveAs(trimmed);
          setName("");
          close();
        }}
      >
        <TextInput
          label="Name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={60}
          description={
            names.includes(trimmed) ? `Replaces the layout "${trimmed}".` : "The present arrangement of panels."
          }
          required
          data-autofocus
        />
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" disabled={trimmed === ""}>
            {names.includes(trimmed) ? `Replace layout "${trimmed}"` : "Save layout"}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
