import { ActionIcon, Menu } from "@mantine/core";
import { Icon } from "../../app/icon.tsx";
import type { ComparisonColumn } from "../../client/reports.ts";
import { type ChosenColumn, useComparisonPanel } from "../../state/comparison.ts";
import { openPanel } from "../../state/layout.ts";
import { session } from "../../state/session.ts";
import { useMethodology } from "../parameters/use-methodology.ts";
import styles from "./comparison.module.css";

interface ColumnHeadProps {
  readonly column: ComparisonColumn;
  readonly chosen: ChosenColumn;
  readonly isReference: boolean;
}

/** Method, version, accuracy, and what can be done with the column. */
export function ColumnHead({ column, chosen, isReference }: ColumnHeadProps) {
  const { methodology, rules, accuracy } = column;
  const overrides = rules?.overrides.length ?? 0;
  return (
    <th scope="col" className={styles.head} data-reference={isReference}>
      <div className={styles.headLine}>
        <span className={styles.method} title={methodology.title ?? methodology.id}>
          {methodology.id}
        </span>
        <Menu position="bottom-end" shadow="md" withinPortal>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Menu of column ${column.label}`}>
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <ColumnMenu chosen={chosen} isReference={isReference} label={column.label} />
          </Menu.Dropdown>
        </Menu>
      </div>
      <div className={styles.version}>
        {rules?.version ?? "not computed"}
        {overrides > 0 && (
          <span data-mark="override"> ✎ {overrides === 1 ? "1 override" : `${overrides} overrides`}</span>
        )}
      </div>
      <div className={styles.version}>
        {accuracy !== undefined && accuracy !== "exact" && (
          <span data-mark={accuracy === "approximate" ? "approx" : "unsupported"}>
            {accuracy === "approximate" ? "≈" : "✕"} {accuracy}
          </span>
        )}
        {accuracy === "exact" && "exact"}
        {isReference && <b> · reference</b>}
      </div>
    </th>
  );
}

function ColumnMenu({ chosen, isReference, label }: Omit<ColumnHeadProps, "column"> & { readonly label: string }) {
  const { key, methodology } = chosen;
  const { detail } = useMethodology(methodology);
  const { setReference, change, add, remove } = useComparisonPanel().store.getState();
  return (
    <>
      <Menu.Item disabled={isReference} onClick={() => setReference(key)}>
        Make it the reference
      </Menu.Item>
      <Menu.Item onClick={() => showInWorkspace(chosen)}>Show its statement</Menu.Item>
      <Menu.Item color="red" onClick={() => remove(key)}>
        Remove column {label}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Label>Rules of this column</Menu.Label>
      <Menu.Item onClick={() => change(key, { rules: undefined })}>In force on the market's day</Menu.Item>
      {detail?.versions.map(({ name, effectiveFrom, byNameOnly }) => (
        <Menu.Item key={name} onClick={() => change(key, { rules: { name } })}>
          {name}, {byNameOnly ? "by name only" : `from ${effectiveFrom}`}
        </Menu.Item>
      ))}
      {(detail?.versions.length ?? 0) > 1 && (
        <>
          <Menu.Label>Add a column with</Menu.Label>
          {detail?.versions.map(({ name }) => (
            <Menu.Item key={name} onClick={() => add({ methodology, rules: { name }, overrides: [] })}>
              {methodology} {name}
            </Menu.Item>
          ))}
        </>
      )}
    </>
  );
}

function showInWorkspace({ methodology, rules, overrides }: ChosenColumn): void {
  const { selectMethodology, selectRules, setOverrides } = session.getState();
  selectMethodology(methodology);
  if (rules) selectRules(rules);
  if (overrides.length > 0) setOverrides(overrides);
  openPanel("statement");
}
