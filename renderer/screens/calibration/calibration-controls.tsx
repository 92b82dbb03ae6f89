import { Button, MultiSelect, Popover, Select } from "@mantine/core";
import { Segments } from "../../app/segments.tsx";
import { shortFactor } from "../../figures/calibration-figure.ts";
import { type FilterChoice, useCalibration, useCalibrationPanel } from "../../state/calibration.ts";
import { useLibrary } from "../../state/library.ts";

const views = [
  { value: "volatility", label: "Volatility" },
  { value: "residuals", label: "Residuals" },
  { value: "correlation", label: "Correlation" },
] as const;

const filters: readonly { readonly value: string; readonly label: string; readonly filter: FilterChoice }[] = [
  ...[0.94, 0.97, 0.99].map((lambda) => ({
    value: `ewma ${lambda}`,
    label: `EWMA ${lambda}`,
    filter: { kind: "ewma", lambda } as const,
  })),
  { value: "garch", label: "GARCH(1,1)", filter: { kind: "garch" } },
];

/** History, view, and what the view is of. */
export function CalibrationControls() {
  const histories = useLibrary((s) => s.histories);
  const history = useCalibration((s) => s.history);
  const view = useCalibration((s) => s.view);
  const { choose, chooseHistory } = useCalibrationPanel().store.getState();
  return (
    <>
      <Select
        size="xs"
        w={190}
        aria-label="History"
        allowDeselect={false}
        data={[
          { value: "sample", label: "Sample (synthetic)" },
          ...histories.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={"id" in history ? history.id : "sample"}
        onChange={(id) => {
          const found = histories.find((entry) => entry.id === id);
          void chooseHistory(found ? { id: found.id, name: found.name } : { sample: true });
        }}
      />
      <Segments label="View" options={views} value={view} onChange={(value) => void choose({ view: value })} />
      {view === "correlation" ? <Correlated /> : <Filtered />}
    </>
  );
}

function Filtered() {
  const factors = useCalibration((s) => s.factors);
  const factor = useCalibration((s) => s.factor);
  const filter = useCalibration((s) => s.filter);
  const { choose } = useCalibrationPanel().store.getState();
  return (
    <>
      <Select
        size="xs"
        w={150}
        aria-label="Risk factor"
        searchable
        allowDeselect={false}
        data={factors.map(({ factor: name }) => ({ value: name, label: shortFactor(name) }))}
        value={factor ?? null}
        onChange={(name) => name !== null && void choose({ factor: name })}
      />
      <Select
        size="xs"
        w={120}
        aria-label="Filter"
        allowDeselect={false}
        data={filters.map(({ value, label }) => ({ value, label }))}
        value={filter.kind === "garch" ? "garch" : `ewma ${filter.lambda}`}
        onChange={(value) => {
          const found = filters.find((known) => known.value === value);
          if (found) void choose({ filter: found.filter });
        }}
      />
    </>
  );
}

function Correlated() {
  const factors = useCalibration((s) => s.factors);
  const correlated = useCalibration((s) => s.correlated);
  const choose = useCalibration((s) => s.choose);
  return (
    <Popover position="bottom-start" shadow="md" width={420} trapFocus withinPortal>
      <Popover.Target>
        <Button size="compact-xs" variant="default">
          {correlated.length} of {factors.length} factors
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Risk factors that are correlated">
        <MultiSelect
          size="xs"
          label="Risk factors"
          searchable
          hidePickedOptions
          comboboxProps={{ withinPortal: false }}
          data={factors.map(({ factor: name }) => ({ value: name, label: shortFactor(name) }))}
          value={[...correlated]}
          onChange={(names) => void choose({ correlated: names })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
