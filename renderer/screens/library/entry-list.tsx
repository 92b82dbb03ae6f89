import { Button, Menu, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { formatInstant } from "../../../core/base/format.ts";
import { HistoryCoverage } from "../../app/history/history-coverage.tsx";
import { ParameterFileSummary } from "../../app/parameter-file/parameter-file-summary.tsx";
import type { Failure, StoredSummary } from "../../client/types.ts";
import { useSession } from "../../state/session.ts";
import styles from "./library-screen.module.css";
import { PanelMarketList } from "./panel-market-list.tsx";
import { ReplayButton } from "./replay-button.tsx";
import type { Shelf } from "./shelves.ts";

interface EntryListProps {
  readonly shelf: Shelf;
  readonly entries: readonly StoredSummary[];
  readonly report: (work: Promise<Failure | undefined>) => Promise<void>;
}

export function EntryList({ shelf, entries, report }: EntryListProps) {
  const portfolio = useSession((s) => s.portfolio);
  const market = useSession((s) => s.market);
  const history = useSession((s) => s.history);
  const parameterFile = useSession((s) => s.parameterFile);
  const inUse = new Set(
    [portfolio, market, history, parameterFile].flatMap((chosen) => (chosen && "id" in chosen ? [chosen.id] : [])),
  );
  if (entries.length === 0) {
    return <p className={styles.none}>{emptyWords[shelf.id]}</p>;
  }
  return (
    <ul className={styles.entries}>
      {entries.map((entry) => (
        <Entry key={entry.id} shelf={shelf} entry={entry} inUse={inUse.has(entry.id)} report={report} />
      ))}
    </ul>
  );
}

const emptyWords: Readonly<Record<Shelf["id"], string>> = {
  portfolios: "No portfolios yet. Import a file of positions; it is saved here.",
  markets: "No markets yet. Import a chain or a book summary; it is saved here.",
  histories: "No histories yet. Import prices, volatilities or funding through time; they are saved here.",
  panels: "No panels yet. Import market files of several times together; they become a panel.",
  parameterFiles: "No parameter files yet. Import the file of a clearing house: risk arrays, spreads and credits.",
  runs: "No runs yet. Save run (Mod+S) keeps inputs, parameters and result for replay.",
  overrideSets: "No sets of overrides yet. Change a value in Parameters and save the set there.",
};

interface EntryProps extends Omit<EntryListProps, "entries"> {
  readonly entry: StoredSummary;
  readonly inUse: boolean;
}

function Entry({ shelf, entry, inUse, report }: EntryProps) {
  const [name, setName] = useState<string>();
  const [open, setOpen] = useState(false);
  const { rename, more = [] } = shelf;
  const details =
    shelf.id === "histories"
      ? "Coverage"
      : shelf.id === "panels"
        ? "Markets"
        : shelf.id === "parameterFiles"
          ? "Summary"
          : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (rename && name !== undefined && name.trim() !== "") void report(rename(entry, name.trim()));
    setName(undefined);
  };
  if (name !== undefined) {
    return (
      <li className={styles.entry}>
        <form className={styles.rename} onSubmit={submit}>
          <TextInput
            size="xs"
            aria-label={`New name of ${entry.name}`}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") setName(undefined);
            }}
            autoFocus
          />
          <Button size="compact-xs" type="submit">
            Rename
          </Button>
        </form>
      </li>
    );
  }
  return (
    <li className={styles.entry}>
      <div className={styles.words}>
        <strong>{entry.name}</strong>
        {inUse && <span className={styles.inUse}>in use</span>}
        <small className="muted">
          {entry.note} · saved {formatInstant(entry.savedAtMs)} ·{" "}
          <code title={entry.sha256}>{entry.sha256.slice(0, 8)}</code>
        </small>
      </div>
      {shelf.id === "runs" && <ReplayButton entry={entry} />}
      {details !== undefined && (
        <Button size="compact-xs" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
          {details}
        </Button>
      )}
      <Button size="compact-xs" variant="default" onClick={() => void report(shelf.open(entry))}>
        {shelf.verb}
      </Button>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <Button size="compact-xs" variant="subtle" color="gray" aria-label={`More about ${entry.name}`}>
            …
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {rename && <Menu.Item onClick={() => setName(entry.name)}>Rename</Menu.Item>}
          {more.map(({ label, destructive, run }) => (
            <Menu.Item
              key={label(entry)}
              {...(destructive && { color: "red" })}
              onClick={() => void report(run(entry))}
            >
              {label(entry)}
            </Menu.Item>
          ))}
          <Menu.Item color="red" onClick={() => void report(shelf.remove(entry))}>
            Delete {shelf.noun} “{entry.name}”
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open && (
        <div className={styles.details}>
          {shelf.id === "histories" && <HistoryCoverage id={entry.id} name={entry.name} />}
          {shelf.id === "parameterFiles" && <ParameterFileSummary id={entry.id} />}
          {shelf.id === "panels" && <PanelMarketList id={entry.id} name={entry.name} />}
        </div>
      )}
    </li>
  );
}
