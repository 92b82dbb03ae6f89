import { Button, Checkbox, MultiSelect, Popover, Select } from "@mantine/core";
import { openPanel } from "../../state/layout.ts";
import { useLibrary } from "../../state/library.ts";
import { useSession } from "../../state/session.ts";
import { chosenSets, useStress, useStressPanel } from "../../state/stress.ts";
import { stressSetsStore, useStressSets } from "../../state/stress-sets.ts";
import { ModeChoice } from "./mode-choice.tsx";
import styles from "./stress.module.css";

/** Which scenarios under which methods, and how. */
export function StressControls() {
  const { run } = useStressPanel().store.getState();
  return (
    <>
      <Sets />
      <Methods />
      <Options />
      <Button size="compact-xs" onClick={() => void run()}>
        Run
      </Button>
    </>
  );
}

function Sets() {
  const known = useStressSets((s) => s.sets);
  const stored = useStressSets((s) => s.stored);
  const chosen = useStress((s) => s.sets);
  const only = useStress((s) => s.scenarios);
  const { choose } = useStressPanel().store.getState();
  const shown = chosenSets(chosen);
  const venue = stored?.place === "venue" ? [stored] : [];
  const all = [...known, ...venue.filter(({ id }) => known.every((set) => set.id !== id))];
  const names = all.filter(({ id }) => shown.includes(id)).map(({ name }) => name);
  const label = names.length === 1 ? (names[0] ?? "") : `${names.length} sets`;
  return (
    <Popover shadow="md" width={340} withinPortal trapFocus returnFocus position="bottom-start">
      <Popover.Target>
        <Button size="compact-xs" variant="default" rightSection="▾" maw={280} title={names.join(", ")}>
          {names.length === 0 ? "Choose sets" : label}
          {only && `: ${only.length === 1 ? "1 scenario" : `${only.length} scenarios`}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Sets of scenarios">
        <div className={styles.sets}>
          {all.map(({ id, name, scenarios, place }) => (
            <Checkbox
              key={id}
              size="xs"
              label={`${name} (${scenarios})${place === "shipped" ? "" : `, ${place}`}`}
              checked={shown.includes(id)}
              disabled={shown.length === 1 && shown.includes(id)}
              onChange={({ currentTarget: { checked } }) =>
                choose({
                  sets: checked ? [...shown, id] : shown.filter((other) => other !== id),
                  scenarios: undefined,
                })
              }
            />
          ))}
          {all.length === 0 && <span className="muted">The library has no sets yet.</span>}
        </div>
        <ScenarioChoice sets={shown} />
        <div className={styles.actions}>
          <Button size="compact-xs" variant="default" onClick={() => choose({ scenarios: undefined })}>
            All scenarios
          </Button>
          <Button size="compact-xs" variant="default" onClick={() => openPanel("scenarios")}>
            Open the library
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Single scenarios of the set that is open in the library. */
function ScenarioChoice({ sets }: { readonly sets: readonly string[] }) {
  const stored = useStressSets((s) => s.stored);
  const scenarios = useStress((s) => s.scenarios);
  const { choose } = useStressPanel().store.getState();
  const [only] = sets;
  const open = stored && sets.length === 1 && stored.id === only ? stored : undefined;
  if (!open)
    return sets.length === 1 && only !== undefined ? (
      <Button size="compact-xs" variant="subtle" mt={6} onClick={() => void stressSetsStore.getState().open(only)}>
        Choose single scenarios
      </Button>
    ) : null;
  return (
    <MultiSelect
      size="xs"
      mt={6}
      label="Only these scenarios"
      placeholder="all"
      searchable
      clearable
      comboboxProps={{ withinPortal: false }}
      data={open.content.scenarios.map(({ id, label }) => ({ value: id, label }))}
      value={[...(scenarios ?? [])]}
      onChange={(wanted) => choose({ scenarios: wanted.length === 0 ? undefined : wanted })}
    />
  );
}

function Methods() {
  const own = useSession((s) => s.methodology);
  const methods = useStress((s) => s.methods);
  const known = useLibrary((s) => s.methodologies);
  const { choose } = useStressPanel().store.getState();
  const shown = methods.length === 0 ? [own] : methods;
  return (
    <Popover shadow="md" width={360} withinPortal trapFocus returnFocus position="bottom-start">
      <Popover.Target>
        <Button size="compact-xs" variant="default" rightSection="▾" maw={180} title={shown.join(", ")}>
          {shown.length === 1 ? shown[0] : `${shown.length} methods`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Methods">
        <div className={styles.sets}>
          {known.map(({ id, title }) => (
            <Checkbox
              key={id}
              size="xs"
              label={title}
              checked={shown.includes(id)}
              disabled={shown.length === 1 && shown.includes(id)}
              onChange={({ currentTarget: { checked } }) =>
                choose({ methods: checked ? [...shown, id] : shown.filter((other) => other !== id) })
              }
            />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function Options() {
  const mode = useStress((s) => s.mode);
  const scale = useStress((s) => s.scale);
  const parameters = useStress((s) => s.parameters);
  const betas = useStress((s) => s.betas);
  const days = useStress((s) => s.days);
  const { choose } = useStressPanel().store.getState();
  return (
    <>
      <ModeChoice
        mode={mode}
        scale={scale}
        onMode={(chosen) => choose({ mode: chosen })}
        onScale={(times) => choose({ scale: times })}
      />
      <Popover shadow="md" width={280} withinPortal trapFocus returnFocus position="bottom-end">
        <Popover.Target>
          <Button size="compact-xs" variant="default" rightSection="▾">
            Options
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Options of the run">
          <Select
            size="xs"
            mb={8}
            label="Parameters of the methods"
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={[
              { value: "today", label: "In force today" },
              { value: "event", label: "In force on the day of the event" },
            ]}
            value={parameters}
            onChange={(value) => choose({ parameters: value === "event" ? "event" : "today" })}
          />
          <Checkbox
            size="xs"
            label="Factors without a figure follow the product's betas"
            description="Off: they are not moved, and said so."
            checked={betas === "product"}
            onChange={({ currentTarget: { checked } }) => choose({ betas: checked ? "product" : "none" })}
          />
          <MultiSelect
            size="xs"
            mt={8}
            label="Days that pass beside each scenario"
            comboboxProps={{ withinPortal: false }}
            data={["0", "1", "2", "5", "10", "20"]}
            value={days.map(String)}
            onChange={(values) => values.length > 0 && choose({ days: values.map(Number).sort((a, b) => a - b) })}
          />
        </Popover.Dropdown>
      </Popover>
    </>
  );
}
