import { Button, NumberInput, Popover } from "@mantine/core";
import { hedgesStore, useHedges } from "../../state/hedges.ts";
import { useWhatIf } from "../../state/what-if.ts";
import { SetChoice, SetMode } from "../what-if-result/set-choice.tsx";
import styles from "./hedges.module.css";

/** Stress sets of the ticket that hedges are held against, and of a plan the loss they may come to. */
export function StressChoice() {
  const source = useHedges((s) => s.source);
  const mostLossUsd = useHedges((s) => s.mostLossUsd);
  const chosen = useWhatIf((s) => s.stress.length);
  const { choose } = hedgesStore.getState();
  const bounded = source === "plan" && chosen > 0 && mostLossUsd !== undefined;
  return (
    <Popover shadow="md" width={392} withinPortal trapFocus returnFocus position="bottom-start">
      <Popover.Target>
        <Button size="compact-xs" variant="default" rightSection="▾">
          {chosen === 0 ? "Stress sets" : `Stress: ${chosen === 1 ? "1 set" : `${chosen} sets`}`}
          {bounded && ", bounded"}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Stress sets of hedges">
        <div className={styles.stress}>
          <SetChoice withinPortal={false} />
          {chosen > 0 && (
            <div>
              <SetMode />
            </div>
          )}
          {source === "plan" && (
            <NumberInput
              size="xs"
              label="Most the plan may lose in any of their scenarios"
              description={chosen === 0 ? "Choose stress sets first." : "Empty: told, not bounded."}
              disabled={chosen === 0}
              suffix=" USD"
              thousandSeparator=","
              hideControls
              min={0}
              value={mostLossUsd ?? ""}
              onChange={(value) => choose({ mostLossUsd: typeof value === "number" ? value : undefined })}
            />
          )}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
