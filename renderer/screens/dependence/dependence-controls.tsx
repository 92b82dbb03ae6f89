import { Button, NumberInput, Popover, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { type StressWindow, useDependence, useDependencePanel } from "../../state/dependence.ts";
import styles from "./dependence.module.css";

const confidences = [0.95, 0.975, 0.99, 0.995, 0.999];

/** Which correlations are tried, and how. */
export function DependenceControls() {
  const { compute } = useDependencePanel().store.getState();
  return (
    <>
      <Choices />
      <Button size="compact-xs" onClick={() => void compute()}>
        Compute
      </Button>
    </>
  );
}

function Choices() {
  const { horizonDays, confidence, worstDays, clusterCorrelation, windows } = useDependence((s) => s);
  const { choose } = useDependencePanel().store.getState();
  return (
    <Popover shadow="md" width={360} withinPortal trapFocus returnFocus position="bottom-start">
      <Popover.Target>
        <Button size="compact-xs" variant="default" rightSection="▾">
          Correlations tried
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Correlations tried">
        <div className={styles.form}>
          <NumberInput
            size="xs"
            label="Days of a move"
            min={1}
            max={60}
            allowDecimal={false}
            value={horizonDays}
            onChange={(value) => typeof value === "number" && value >= 1 && choose({ horizonDays: value })}
          />
          <Select
            size="xs"
            label="Expected shortfall at"
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={confidences.map((value) => ({ value: String(value), label: `${value * 100} %` }))}
            value={String(confidence)}
            onChange={(value) => value !== null && choose({ confidence: Number(value) })}
          />
          <NumberInput
            size="xs"
            label="Worst days of the book"
            min={0}
            max={1000}
            allowDecimal={false}
            value={worstDays}
            onChange={(value) => typeof value === "number" && choose({ worstDays: value })}
          />
          <NumberInput
            size="xs"
            label="Clusters join down to"
            min={-1}
            max={1}
            step={0.05}
            decimalScale={2}
            value={clusterCorrelation}
            onChange={(value) => typeof value === "number" && choose({ clusterCorrelation: value })}
          />
        </div>
        <Windows windows={windows} onChange={(changed) => choose({ windows: changed })} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface WindowsProps {
  readonly windows: readonly StressWindow[];
  readonly onChange: (windows: readonly StressWindow[]) => void;
}

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** Days of the history whose correlation is taken, e.g. an event. */
function Windows({ windows, onChange }: WindowsProps) {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const valid = isDay(from) && isDay(to) && from <= to;
  return (
    <fieldset className={styles.windows}>
      <legend>Windows of the history</legend>
      {windows.map(({ label }) => (
        <div key={label} className={styles.window}>
          <span>{label}</span>
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={`Remove the window ${label}`}
            onClick={() => onChange(windows.filter((window) => window.label !== label))}
          >
            Remove
          </Button>
        </div>
      ))}
      <div className={styles.window}>
        <TextInput
          size="xs"
          w={118}
          aria-label="First day"
          placeholder="2026-03-01"
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          w={118}
          aria-label="Last day"
          placeholder="2026-03-31"
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
        />
        <Button
          size="compact-xs"
          variant="default"
          disabled={!valid}
          onClick={() => {
            const label = `${from} to ${to}`;
            onChange([...windows.filter((window) => window.label !== label), { label, from, to }]);
            setFrom("");
            setTo("");
          }}
        >
          Add
        </Button>
      </div>
    </fieldset>
  );
}
