import { ActionIcon, Select } from "@mantine/core";
import { useMemo } from "react";
import { Icon } from "../../app/icon.tsx";
import { backtestStore, useBacktest } from "../../state/backtest.ts";
import { type ChosenMethod, labelOf, plain } from "../../state/backtest-setup.ts";
import { useLibrary } from "../../state/library.ts";
import { session, useSession } from "../../state/session.ts";
import { useMethodology } from "../parameters/use-methodology.ts";
import styles from "./backtest.module.css";

const inForce = "in force";
const own = "as in the workspace";

/** Methods side by side, each with its rules and its calibration. */
export function MethodsForm() {
  const methods = useBacktest((s) => s.setup.methods);
  const methodologies = useLibrary((s) => s.methodologies);
  const overrides = useSession((s) => s.overrides.length);
  const { addMethod } = backtestStore.getState();
  const choices = useMemo(
    () => [
      ...(overrides > 0 ? [{ value: own, label: "The workspace's method with its overrides" }] : []),
      ...methodologies.map(({ id, title }) => ({ value: id, label: title })),
    ],
    [methodologies, overrides],
  );
  return (
    <fieldset className={styles.group}>
      <legend>Methods</legend>
      <ul className={styles.methods}>
        {methods.map((method) => (
          <Method key={method.key} method={method} />
        ))}
      </ul>
      <Select
        size="xs"
        aria-label="Add a method"
        placeholder="Add a method"
        searchable
        data={choices}
        value={null}
        onChange={(id) => {
          if (id === own) {
            const { methodology, rules, overrides: changed } = session.getState();
            addMethod({ methodology, rules, overrides: changed, calibration: "day" });
          } else if (id !== null) addMethod(plain(id));
        }}
      />
    </fieldset>
  );
}

function Method({ method }: { readonly method: ChosenMethod }) {
  const { key, methodology, rules, overrides, calibration } = method;
  const { detail } = useMethodology(methodology);
  const { changeMethod, removeMethod } = backtestStore.getState();
  const label = labelOf(method);
  const version = rules === undefined ? inForce : "name" in rules ? rules.name : inForce;
  return (
    <li>
      <div className={styles.line}>
        <strong className={styles.method} title={detail?.title ?? methodology}>
          {methodology}
        </strong>
        {overrides.length > 0 && <span data-mark="override">✎ {overrides.length}</span>}
        <ActionIcon
          variant="subtle"
          color="gray"
          size="md"
          aria-label={`Remove ${label}`}
          onClick={() => removeMethod(key)}
        >
          <Icon name="close" />
        </ActionIcon>
      </div>
      <div className={styles.line}>
        <Select
          size="xs"
          className={styles.wide ?? ""}
          aria-label={`Rules of ${label}`}
          allowDeselect={false}
          data={[
            { value: inForce, label: "In force on each day" },
            ...(detail?.versions ?? []).map(({ name }) => ({ value: name, label: name })),
          ]}
          value={version}
          onChange={(name) => changeMethod(key, { rules: name === null || name === inForce ? undefined : { name } })}
        />
        <Select
          size="xs"
          w={128}
          aria-label={`Calibration of ${label}`}
          allowDeselect={false}
          data={[
            { value: "day", label: "Recalibrated" },
            { value: "start", label: "Calibrated once" },
          ]}
          value={calibration}
          onChange={(value) => changeMethod(key, { calibration: value === "start" ? "start" : "day" })}
        />
      </div>
    </li>
  );
}
