import { TextInput } from "@mantine/core";
import { backtestStore, useBacktest } from "../../state/backtest.ts";
import { nameOfSetup } from "../../state/backtest-setup.ts";
import styles from "./backtest.module.css";
import { NumberField } from "./number-field.tsx";

/** Close-out period, first equity, and the name to keep it under. */
export function TermsForm() {
  const setup = useBacktest((s) => s.setup);
  const { choose } = backtestStore.getState();
  return (
    <fieldset className={styles.group}>
      <legend>Terms</legend>
      <div className={styles.fields}>
        <NumberField
          label="Close-out, days"
          value={setup.horizonDays}
          least={0.1}
          most={250}
          onChange={(horizonDays) => choose({ horizonDays })}
        />
        <NumberField
          label="First equity ÷ margin"
          value={setup.startMultiple}
          least={1}
          most={1000}
          onChange={(startMultiple) => choose({ startMultiple })}
        />
      </div>
      <TextInput
        size="xs"
        label="Name"
        placeholder={nameOfSetup({ ...setup, name: "" })}
        value={setup.name}
        maxLength={200}
        onChange={(event) => choose({ name: event.currentTarget.value })}
      />
    </fieldset>
  );
}
