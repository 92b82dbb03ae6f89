import { Button, Menu, TextInput } from "@mantine/core";
import { useState } from "react";
import { formatInstant } from "../../../core/base/format.ts";
import { saveFile } from "../../app/download.ts";
import { call } from "../../client/index.ts";
import type { Failure, StoredSummary } from "../../client/types.ts";
import { backtestStore, useBacktest } from "../../state/backtest.ts";
import { useLibrary } from "../../state/library.ts";
import styles from "./backtest.module.css";

type OnFailure = (failure: Failure | undefined) => void;

/** Backtests of the library: open, resume, rename, export, delete. */
export function StoredBacktests({ onFailure }: { readonly onFailure: OnFailure }) {
  const stored = useLibrary((s) => s.backtests);
  return (
    <section aria-label="Stored back-tests" className={styles.stored}>
      <h3>Stored {stored.length}</h3>
      {stored.length === 0 && <p className="muted">Every run is kept here, an interrupted one as well.</p>}
      <ul>
        {stored.map((entry) => (
          <Entry key={entry.id} entry={entry} onFailure={onFailure} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry, onFailure }: { readonly entry: StoredSummary; readonly onFailure: OnFailure }) {
  const shown = useBacktest((s) => s.shown?.entry?.id === entry.id);
  const running = useBacktest((s) => s.state === "loading");
  const [name, setName] = useState<string>();
  const { open, resume, rename, remove } = backtestStore.getState();
  if (name !== undefined) {
    return (
      <li>
        <form
          className={styles.line}
          onSubmit={(event) => {
            event.preventDefault();
            setName(undefined);
            if (name.trim() !== "") void rename(entry, name.trim()).then(onFailure);
          }}
        >
          <TextInput
            size="xs"
            className={styles.wide ?? ""}
            aria-label={`New name of ${entry.name}`}
            value={name}
            maxLength={200}
            autoFocus
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => event.key === "Escape" && setName(undefined)}
          />
          <Button size="compact-xs" type="submit">
            Rename
          </Button>
        </form>
      </li>
    );
  }
  return (
    <li data-shown={shown}>
      <div className={styles.entryWords}>
        <strong>{entry.name}</strong>
        {shown && <span className={styles.shown}> · shown</span>}
        <small className="muted">
          {entry.note} · {formatInstant(entry.savedAtMs)}
        </small>
      </div>
      {isCut(entry) && (
        <Button size="compact-xs" variant="default" disabled={running} onClick={() => void resume(entry)}>
          Resume
        </Button>
      )}
      <Button size="compact-xs" variant="default" disabled={running} onClick={() => void open(entry).then(onFailure)}>
        Open
      </Button>
      <Menu position="bottom-end" shadow="md" withinPortal>
        <Menu.Target>
          <Button size="compact-xs" variant="subtle" color="gray" aria-label={`More about ${entry.name}`}>
            …
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setName(entry.name)}>Rename</Menu.Item>
          <Menu.Item onClick={() => void exportDays(entry, "csv").then(onFailure)}>Export every day as CSV</Menu.Item>
          <Menu.Item onClick={() => void exportDays(entry, "json").then(onFailure)}>Export every day as JSON</Menu.Item>
          <Menu.Item color="red" onClick={() => void remove(entry).then(onFailure)}>
            Delete back-test “{entry.name}”
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

/** The note counts the days done: `Short strangle of BTC: 12 of 42 days, …`. */
export function isCut({ note }: Pick<StoredSummary, "note">): boolean {
  const [, done, all] = /: ([\d,]+) of ([\d,]+) days?/.exec(note) ?? [];
  return done !== undefined && done !== all;
}

async function exportDays({ id }: StoredSummary, format: "csv" | "json"): Promise<Failure | undefined> {
  const answer = await call("backtest.export", { id, format });
  if (!answer.ok) return answer.failure;
  const { name, text, mediaType } = answer.value;
  saveFile(name, text, mediaType);
  return undefined;
}
