import { Button, NumberInput, Select } from "@mantine/core";
import { type GoalKind, useReverse, useReversePanel } from "../../state/reverse-stress.ts";

const goals: readonly { readonly value: GoalKind; readonly label: string }[] = [
  { value: "maintenance", label: "Triggers maintenance" },
  { value: "equity", label: "Exhausts equity" },
  { value: "initial", label: "Triggers a call" },
  { value: "loss", label: "Loses an amount" },
];
const horizons = [1, 2, 5, 10, 20];

/** What is looked for, and over which horizon moves are measured. */
export function ReverseControls() {
  const goal = useReverse((s) => s.goal);
  const lossUsd = useReverse((s) => s.lossUsd);
  const horizonDays = useReverse((s) => s.horizonDays);
  const stated = useReverse((s) => s.stated !== undefined);
  const { choose, find } = useReversePanel().store.getState();
  return (
    <>
      <Select
        size="xs"
        w={172}
        aria-label="Goal"
        allowDeselect={false}
        data={[...goals]}
        value={goal}
        onChange={(value) => choose({ goal: goals.find((known) => known.value === value)?.value ?? goal })}
      />
      {goal === "loss" && (
        <NumberInput
          size="xs"
          w={122}
          aria-label="Loss, USD"
          suffix=" USD"
          min={1}
          thousandSeparator=","
          hideControls
          value={lossUsd}
          onChange={(value) => typeof value === "number" && value > 0 && choose({ lossUsd: value })}
        />
      )}
      <Select
        size="xs"
        w={92}
        aria-label="Horizon of the covariance"
        title="Days over which moves are measured"
        allowDeselect={false}
        data={horizons.map((days) => ({ value: String(days), label: days === 1 ? "1 day" : `${days} days` }))}
        value={String(horizonDays)}
        onChange={(value) => value !== null && choose({ horizonDays: Number(value) })}
      />
      {stated && <span className="muted">stated covariance</span>}
      <Button size="compact-xs" onClick={() => void find()}>
        Find
      </Button>
    </>
  );
}
