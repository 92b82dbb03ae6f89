import { Button, Menu, Popover, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { type FormEvent, useState } from "react";
import { formatInstant } from "../../../core/base/format.ts";
import { saveAnswered } from "../../app/download.ts";
import { call } from "../../client/index.ts";
import type { Failure } from "../../client/types.ts";
import { breakReportStore, breakWork, useBreakReport } from "../../state/break-report.ts";
import { preferences } from "../../state/preferences.ts";

type OnFailure = (failure: Failure | undefined) => void;

/** Reports of the library: open or delete one. */
export function StoredReports({ onFailure }: { readonly onFailure: OnFailure }) {
  const stored = useBreakReport((s) => s.stored);
  const { openStored, remove } = breakReportStore.getState();
  return (
    <Menu position="bottom-start" shadow="md" withinPortal>
      <Menu.Target>
        <Button size="compact-xs" variant="default" disabled={stored.length === 0}>
          Stored {stored.length}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflow: "auto" }}>
        {stored.map((entry) => (
          <Menu.Item key={entry.id} onClick={() => void openStored(entry).then(onFailure)}>
            {entry.name}
            <br />
            <small className="muted">
              {entry.note} · {formatInstant(entry.savedAtMs)}
            </small>
          </Menu.Item>
        ))}
        <Menu.Divider />
        {stored.map((entry) => (
          <Menu.Item key={entry.id} color="red" onClick={() => void remove(entry).then(onFailure)}>
            Delete report “{entry.name}”
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

/** Asks for a name and keeps the report with everything that made it. */
export function SaveReport({ onFailure }: { readonly onFailure: OnFailure }) {
  const [opened, setOpened] = useState(false);
  const [name, setName] = useState("");
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setOpened(false);
    const failure = await breakReportStore.getState().save(name.trim());
    onFailure(failure);
    if (!failure) notifications.show({ message: `Saved break report “${name.trim()}”`, color: "accent" });
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus shadow="md" width={280} withinPortal>
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            setName(offeredName());
            setOpened(!opened);
          }}
        >
          Save report
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Save the break report">
        <form onSubmit={(event) => void submit(event)}>
          <TextInput
            size="xs"
            label="Name of the report"
            value={name}
            maxLength={200}
            required
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button size="compact-xs" type="submit" mt={8} disabled={name.trim() === ""}>
            Save
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}

function offeredName(): string {
  const { value } = breakWork.getState();
  if (!value) return "";
  return `${value.portfolioName} against ${value.venue}, ${formatInstant(value.chargedAsOfMs ?? value.asOfMs)}`.slice(
    0,
    200,
  );
}

/** The stored report as a file; one that is not stored yet is stored first, so that the file has its record. */
export async function exportReport(format: "csv" | "xlsx" | "json" | "html"): Promise<Failure | undefined> {
  const { kept, save } = breakReportStore.getState();
  const failure = kept ? undefined : await save(offeredName());
  const id = breakReportStore.getState().kept?.id;
  if (failure || id === undefined) return failure;
  const { maskAccounts } = preferences.getState();
  const answer = await call("break-report.export", { id, format, maskAccounts });
  if (!answer.ok) return answer.failure;
  saveAnswered(answer.value);
  return undefined;
}
