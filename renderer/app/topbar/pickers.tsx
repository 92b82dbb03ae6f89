import { useEffect, useState } from "react";
import { formatInstant } from "../../../core/base/format.ts";
import { call } from "../../client/index.ts";
import type { MethodologySummary, StoredSummary } from "../../client/types.ts";
import { useLibrary } from "../../state/library.ts";
import { groupMarkets, usePanelContents } from "../../state/panel-markets.ts";
import { type Chosen, useSession } from "../../state/session.ts";
import { Picker } from "./picker.tsx";
import { flatOptions, type OptionGroup } from "./picker-options.ts";

const sample = "sample:";

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
  const panels = useLibrary((s) => s.panels);
  const contents = usePanelContents();
  const groups = groupMarkets(stored, panels, contents);
  const grouped = groups.panels.map(({ panel, markets }) => ({
    group: `Panel ${panel.name}`,
    items: markets.map(({ id, asOfMs }) => ({ value: id, label: `${formatInstant(asOfMs)} · ${panel.name}` })),
  }));
  const withFile = useSession((s) => s.parameterFile) !== undefined;
  return (
    <StoredPicker
      label="Market"
      {...(withFile && { absent: "The parameter file's prices" })}
      onAbsent={() => choose(undefined)}
      stored={groups.single}
      grouped={distinct(grouped)}
      chosen={chosen}
      choose={choose}
      width={150}
    />
  );
}

/** Past of risk factors: what methods by VaR and expected shortfall are computed from. */
export function HistoryPicker() {
  const chosen = useSession((s) => s.history);
  const choose = useSession((s) => s.chooseHistory);
  const market = useSession((s) => s.market);
  const stored = useLibrary((s) => s.histories);
  const ofSample = market !== undefined && "sample" in market;
  const noneNote = ofSample ? "the sample's, where the method needs one" : "methods by VaR and ES need one";
  const data = [
    { value: noHistory, label: "None" },
    { value: sample, label: "Sample (synthetic)" },
    ...stored.map(asItem),
  ];
  const pick = (id: string): void => {
    const found = stored.find((entry) => entry.id === id);
    if (id === noHistory) choose(undefined);
    else if (id === sample) choose({ sample: true });
    else if (found) choose({ id: found.id, name: found.name });
  };
  return (
    <Picker
      label="History"
      data={data}
      notes={new Map([...notesOf(stored), [noHistory, noneNote]])}
      value={chosen === undefined ? noHistory : "sample" in chosen ? sample : chosen.id}
      onPick={pick}
      width={140}
    />
  );
}

const noHistory = "none:";

const asItem = ({ id, name }: StoredSummary) => ({ value: id, label: name });

function notesOf(stored: readonly StoredSummary[]): ReadonlyMap<string, string> {
  return new Map(stored.map(({ id, note, savedAtMs }) => [id, `${note} · saved ${formatInstant(savedAtMs)}`]));
}

/** A list has every value once: a market of two panels stands under the first. */
function distinct(groups: readonly OptionGroup[]): OptionGroup[] {
  const seen = new Set<string>();
  return groups.map(({ group, items }) => ({
    group,
    items: items.filter(({ value }) => !seen.has(value) && seen.add(value)),
  }));
}

interface StoredPickerProps {
  readonly label: string;
  readonly stored: readonly StoredSummary[];
  /** Further entries, by group. */
  readonly grouped?: readonly OptionGroup[];
  readonly chosen: Chosen | undefined;
  readonly choose: (chosen: Chosen) => void;
  /** What nothing chosen is called, where that is a choice. */
  readonly absent?: string;
  readonly onAbsent?: () => void;
  readonly width: number;
}

const noneChosen = "absent:";

function StoredPicker(props: StoredPickerProps) {
  const { label, stored, grouped = [], chosen, choose, absent, onAbsent, width } = props;
  const none = absent === undefined ? [] : [{ value: noneChosen, label: absent }];
  const data = [...none, { value: sample, label: "Sample (synthetic)" }, ...stored.map(asItem), ...grouped];
  const noValue = absent === undefined ? null : noneChosen;
  const value = chosen === undefined ? noValue : "sample" in chosen ? sample : chosen.id;
  const pick = (id: string): void => {
    const found = flatOptions(data).find((option) => option.value === id);
    if (id === noneChosen) onAbsent?.();
    else if (id === sample) choose({ sample: true });
    else if (found) choose({ id, name: found.label });
  };
  return <Picker label={label} data={data} notes={notesOf(stored)} value={value} onPick={pick} width={width} />;
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
