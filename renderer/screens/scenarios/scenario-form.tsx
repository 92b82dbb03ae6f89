import { Select, TextInput } from "@mantine/core";
import type { StressScenario } from "../../client/stress.ts";
import { changedScenario } from "../../state/stress-draft.ts";
import { stressSetsStore } from "../../state/stress-sets.ts";
import styles from "./scenarios.module.css";

const kinds = ["historical", "hypothetical", "venue"] as const;

/** What a scenario is called, when it was and how much it counts. */
export function ScenarioForm({ scenario }: { readonly scenario: StressScenario }) {
  const { edit } = stressSetsStore.getState();
  const change = (field: string, part: (now: StressScenario) => StressScenario): void =>
    edit(`${field} of ${scenario.label}`, (set) => changedScenario(set, scenario.id, part), { typed: true });
  const words = (field: "start" | "end" | "note", value: string): void =>
    change(field, (now) => {
      const { [field]: _, ...others } = now;
      return value === "" ? others : { ...others, [field]: value };
    });
  const weight = (text: string): void => {
    const number = Number(text);
    if (!Number.isFinite(number) || number < 0) return;
    change("weight", (now) => {
      const { weight: _, ...others } = now;
      return text.trim() === "" ? others : { ...others, weight: number };
    });
  };
  return (
    <div className={styles.form}>
      <TextInput
        size="xs"
        label="Name"
        value={scenario.label}
        onChange={({ currentTarget: { value } }) => value !== "" && change("name", (now) => ({ ...now, label: value }))}
      />
      <Select
        size="xs"
        label="Kind"
        allowDeselect={false}
        data={[...kinds]}
        value={scenario.kind}
        onChange={(value) => {
          const kind = kinds.find((known) => known === value);
          if (kind) change("kind", (now) => ({ ...now, kind }));
        }}
      />
      <TextInput
        size="xs"
        label="First day"
        placeholder="2020-03-12"
        value={scenario.start ?? ""}
        onChange={({ currentTarget: { value } }) => words("start", value)}
      />
      <TextInput
        size="xs"
        label="Last day"
        placeholder="2020-03-13"
        value={scenario.end ?? ""}
        onChange={({ currentTarget: { value } }) => words("end", value)}
      />
      <TextInput
        key={`${scenario.id} ${scenario.weight ?? ""}`}
        size="xs"
        label="Weight"
        inputMode="decimal"
        defaultValue={scenario.weight ?? ""}
        onBlur={({ currentTarget: { value } }) => {
          if (value !== String(scenario.weight ?? "")) weight(value);
        }}
      />
      <TextInput
        size="xs"
        label="Note"
        className={styles.wide}
        value={scenario.note ?? ""}
        onChange={({ currentTarget: { value } }) => words("note", value)}
      />
    </div>
  );
}
