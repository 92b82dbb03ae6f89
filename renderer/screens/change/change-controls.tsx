import { Button, Select } from "@mantine/core";
import { useEffect } from "react";
import { RequirementSegments } from "../../app/requirement-segments.tsx";
import type { ChangeAverage } from "../../client/attribution.ts";
import type { StoredSummary } from "../../client/types.ts";
import { type ChangeFrom, useChange, useChangePanel } from "../../state/change.ts";
import { libraryStore, useLibrary } from "../../state/library.ts";
import type { Chosen } from "../../state/session.ts";
import styles from "./change.module.css";

const averages: readonly { readonly value: ChangeAverage; readonly label: string }[] = [
  { value: "none", label: "This order only" },
  { value: "both-orders", label: "and mean of both orders" },
  { value: "all-orders", label: "and mean of all orders" },
];

/** What today is held against, and how. */
export function ChangeControls() {
  const from = useChange((s) => s.from);
  const requirement = useChange((s) => s.requirement);
  const average = useChange((s) => s.average);
  const runs = useLibrary((s) => s.runs);
  const portfolios = useLibrary((s) => s.portfolios);
  const markets = useLibrary((s) => s.markets);
  const { choose, compute, pin } = useChangePanel().store.getState();
  useEffect(() => {
    void libraryStore.getState().refresh();
  }, []);
  const pick = (value: string | null): void => {
    const run = runs.find(({ id }) => id === value);
    if (value === "book") choose({ from: { kind: "book", portfolio: undefined, market: undefined } });
    else if (run) choose({ from: { kind: "run", run: { id: run.id, name: run.name } } });
  };
  return (
    <div className={styles.controls}>
      <Select
        size="xs"
        w={250}
        label="From, the earlier side"
        placeholder="Choose"
        allowDeselect={false}
        data={[
          {
            group: "Without a run",
            items: [
              ...(from?.kind === "pinned" ? [{ value: "pin", label: `Pinned: ${from.label}` }] : []),
              { value: "book", label: "A portfolio and a market…" },
            ],
          },
          ...(runs.length > 0 ? [{ group: "Stored runs", items: runs.map(itemOf) }] : []),
        ]}
        value={choiceOf(from)}
        onChange={pick}
      />
      <Button size="xs" variant="default" onClick={pin} title="Keeps book, market, method and rules as they are now">
        Pin the present state
      </Button>
      {from?.kind === "book" && (
        <>
          <ContentPicker
            label="Earlier portfolio"
            stored={portfolios}
            chosen={from.portfolio}
            onPick={(portfolio) => choose({ from: { ...from, portfolio } })}
          />
          <ContentPicker
            label="Earlier market"
            stored={markets}
            chosen={from.market}
            onPick={(market) => choose({ from: { ...from, market } })}
          />
        </>
      )}
      <Select
        size="xs"
        w={190}
        label="Amounts by"
        allowDeselect={false}
        data={[...averages]}
        value={average}
        onChange={(value) => value !== null && choose({ average: value as ChangeAverage })}
      />
      <RequirementSegments value={requirement} onChange={(value) => choose({ requirement: value })} />
      <Button size="xs" onClick={() => void compute()} disabled={!from}>
        Explain
      </Button>
    </div>
  );
}

function choiceOf(from: ChangeFrom | undefined): string | null {
  if (from === undefined) return null;
  if (from.kind === "run") return from.run.id;
  return from.kind === "book" ? "book" : "pin";
}

const itemOf = ({ id, name }: StoredSummary) => ({ value: id, label: name });

interface ContentPickerProps {
  readonly label: string;
  readonly stored: readonly StoredSummary[];
  readonly chosen: Chosen | undefined;
  readonly onPick: (chosen: Chosen) => void;
}

const sample = "sample:";

function ContentPicker({ label, stored, chosen, onPick }: ContentPickerProps) {
  return (
    <Select
      size="xs"
      w={180}
      label={label}
      placeholder="Choose"
      allowDeselect={false}
      searchable={stored.length > 8}
      data={[{ value: sample, label: "Sample (synthetic)" }, ...stored.map(itemOf)]}
      value={chosen === undefined ? null : "sample" in chosen ? sample : chosen.id}
      onChange={(value) => {
        const found = stored.find(({ id }) => id === value);
        if (value === sample) onPick({ sample: true });
        else if (found) onPick({ id: found.id, name: found.name });
      }}
    />
  );
}
