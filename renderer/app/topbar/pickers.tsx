import { type ComboboxItem, Select } from "@mantine/core";
import { useEffect, useId, useState } from "react";
import { formatInstant } from "../../../core/base/format.ts";
import { call } from "../../client/index.ts";
import type { MethodologySummary, StoredSummary } from "../../client/types.ts";
import { useLibrary } from "../../state/library.ts";
import { type Chosen, useSession } from "../../state/session.ts";
import styles from "./pickers.module.css";

const sample = "sample:";

interface PickerProps {
  readonly label: string;
  readonly value: string | null;
  readonly data: readonly ComboboxItem[];
  readonly width: number;
  readonly onPick: (value: string) => void;
  readonly notes?: ReadonlyMap<string, string>;
}

function Picker({ label, value, data, width, onPick, notes }: PickerProps) {
  const id = useId();
  return (
    <div className={styles.picker} style={{ width }}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <Select
        id={id}
        size="xs"
        data={[...data]}
        value={value}
        allowDeselect={false}
        rightSectionWidth={22}
        searchable={data.length > 8}
        nothingFoundMessage="Nothing found"
        onChange={(picked) => picked !== null && onPick(picked)}
        comboboxProps={{ width: Math.max(300, width), position: "bottom-start", shadow: "md" }}
        classNames={{ root: styles.root ?? "", input: styles.input ?? "" }}
        renderOption={({ option }) => (
          <div className={styles.option}>
            <span>{option.label}</span>
            {notes?.get(option.value) !== undefined && <span className={styles.note}>{notes.get(option.value)}</span>}
          </div>
        )}
      />
    </div>
  );
}

export function PortfolioPicker() {
  const chosen = useSession((s) => s.portfolio);
  const choose = useSession((s) => s.choosePortfolio);
  const stored = useLibrary((s) => s.portfolios);
  return <StoredPicker label="Portfolio" stored={stored} chosen={chosen} choose={choose} width={150} />;
}

export function MarketPicker() {
  const chosen = useSession((s) => s.market);
  const choose = useSession((s) => s.chooseMarket);
  const stored = useLibrary((s) => s.markets);
  return <StoredPicker label="Market" stored={stored} chosen={chosen} choose={choose} width={150} />;
}

interface StoredPickerProps {
  readonly label: string;
  readonly stored: readonly StoredSummary[];
  readonly chosen: Chosen | undefined;
  readonly choose: (chosen: Chosen) => void;
  readonly width: number;
}

function StoredPicker({ label, stored, chosen, choose, width }: StoredPickerProps) {
  const data = [
    { value: sample, label: "Sample (synthetic)" },
    ...stored.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const notes = new Map(stored.map(({ id, note, savedAtMs }) => [id, `${note} · saved ${formatInstant(savedAtMs)}`]));
  const value = chosen === undefined ? null : "sample" in chosen ? sample : chosen.id;
  const pick = (id: string): void => {
    const found = stored.find((entry) => entry.id === id);
    if (id === sample) choose({ sample: true });
    else if (found) choose({ id: found.id, name: found.name });
  };
  return <Picker label={label} data={data} notes={notes} value={value} onPick={pick} width={width} />;
}

export function MethodologyPicker() {
  const methodology = useSession((s) => s.methodology);
  const select = useSession((s) => s.selectMethodology);
  const methodologies = useLibrary((s) => s.methodologies);
  const data = methodologies.map(({ id, title }) => ({ value: id, label: title }));
  const notes = new Map(methodologies.map(({ id, accuracy }) => [id, `${id} · at best ${accuracy}`]));
  return <Picker label="Method" data={data} notes={notes} value={methodology} onPick={select} width={250} />;
}

const inForce = "in-force";

export function RulesPicker() {
  const methodology = useSession((s) => s.methodology);
  const rules = useSession((s) => s.rules);
  const select = useSession((s) => s.selectRules);
  const methodologies = useLibrary((s) => s.methodologies);
  const found = methodologies.find(({ id }) => id === methodology);
  const notes = useVersionNotes(found);
  const versions = found?.versions ?? [];
  const resolved = useSession((s) =>
    s.rules || s.result?.methodology.id !== s.methodology ? undefined : s.result.rules.version,
  );
  const data = [
    { value: inForce, label: resolved === undefined ? "In force on the market's day" : `In force: ${resolved}` },
    ...[...versions].reverse().map(({ name, effectiveFrom, byNameOnly }) => ({
      value: name,
      label: byNameOnly ? `${name} (by name only)` : `${name} · from ${effectiveFrom}`,
    })),
    ...(rules && "date" in rules ? [{ value: `date ${rules.date}`, label: `In force on ${rules.date}` }] : []),
    ...(rules && "parameters" in rules ? [{ value: `own ${rules.label}`, label: rules.label }] : []),
  ];
  const value = !rules
    ? inForce
    : "name" in rules
      ? rules.name
      : "date" in rules
        ? `date ${rules.date}`
        : `own ${rules.label}`;
  const pick = (picked: string): void => {
    if (picked === inForce) select(undefined);
    else if (versions.some(({ name }) => name === picked)) select({ name: picked });
  };
  return <Picker label="Rules" data={data} notes={notes} value={value} onPick={pick} width={200} />;
}

/** Notes of rulebook versions, read once a methodology. */
function useVersionNotes(methodology: MethodologySummary | undefined): ReadonlyMap<string, string> {
  const [notes, setNotes] = useState<ReadonlyMap<string, string>>(new Map());
  const id = methodology?.id;
  useEffect(() => {
    if (id === undefined) return;
    let left = false;
    void call("methodology.get", { id }).then((answer) => {
      if (!left && answer.ok) {
        setNotes(new Map(answer.value.rulebook.versions.map(({ name, source, note }) => [name, note ?? source.title])));
      }
    });
    return () => {
      left = true;
    };
  }, [id]);
  return notes;
}
