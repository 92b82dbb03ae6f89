import { Popover } from "@mantine/core";
import { formatNumber, formatQuantity, rawNumber } from "../../core/base/format.ts";
import type { LineInput } from "../client/types.ts";
import { openPanel } from "../state/layout.ts";
import { selection } from "../state/selection.ts";
import styles from "./convention-button.module.css";
import { type Convention, windowOf } from "./conventions.ts";

interface ConventionButtonProps {
  readonly history: string | undefined;
  readonly conventions: readonly Convention[];
}

/** The history and its window in a few words; opens every convention of the measures, with their errors. */
export function ConventionButton({ history, conventions }: ConventionButtonProps) {
  const [first] = conventions;
  if (!first) return null;
  return (
    <Popover shadow="md" width={460} position="top-start" withinPortal trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={styles.button} title="How the measure was made">
          <span className={styles.history}>{history ?? "history"}</span> {windowOf(first)}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Conventions of the measure" className={styles.list ?? ""} tabIndex={0}>
        {conventions.map(({ lineId, label, inputs }) => (
          <table key={lineId} className={styles.table}>
            <caption>
              {label}{" "}
              <button type="button" className={styles.link} onClick={() => openLine(lineId)}>
                open the line
              </button>
            </caption>
            <tbody>
              {history !== undefined && (
                <tr>
                  <th scope="row">history</th>
                  <td>{history}</td>
                </tr>
              )}
              {inputs.map((input) => (
                <tr key={input.label}>
                  <th scope="row">{input.label}</th>
                  <td data-value={input.value}>{valueText(input)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function valueText({ value, unit }: LineInput): string {
  if (typeof value === "string") return value;
  if (unit === "USD") return `${formatNumber(value)} USD`;
  const text = Number.isInteger(value) ? formatQuantity(value) : rawNumber(value).replace("-", "−");
  return unit === undefined ? text : `${text} ${unit}`;
}

function openLine(id: string): void {
  selection.getState().selectLine(id);
  openPanel("statement");
}
