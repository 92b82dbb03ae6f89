import { Button } from "@mantine/core";
import { rawNumber } from "../../../core/base/format.ts";
import sideDetail from "../../app/side-detail.module.css";
import { TableHead } from "../../app/table-head.tsx";
import type { Line, LineInput } from "../../client/types.ts";
import { openPanel } from "../../state/layout.ts";
import { selection } from "../../state/selection.ts";
import { openHelp } from "../../state/workspace.ts";
import { calculation, combinationWords, money } from "./combination-words.ts";
import styles from "./statement.module.css";
import { positionsOf } from "./statement-tree.ts";

interface LineDetailProps {
  readonly line: Line;
  readonly methodology: string;
}

const basisWords = { computed: "computed here", imported: "stated by the venue", set: "set by you" } as const;

/** One line opened: its calculation, its rule, its inputs with the parameters they come from, its positions. */
export function LineDetail({ line, methodology }: LineDetailProps) {
  const { label, id, amount, unit, basis, rule, inputs } = line;
  const positions = positionsOf(line);
  return (
    <section className={sideDetail.detail} aria-label={`Line ${label}`}>
      <h3>{label}</h3>
      <p className={styles.amount}>
        <span data-value={rawNumber(amount)}>{money(amount, unit)}</span> {unit}{" "}
        <small {...(basis !== "computed" && { "data-mark": "override" })}>{basisWords[basis]}</small>
      </p>
      <p>
        <b>{combinationWords(line)}</b>
      </p>
      {line.children.length > 0 && <p className={styles.calculation}>{calculation(line)}</p>}
      <div className={styles.actions}>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => openHelp(`methodology/${methodology}`, rule)}
          disabled={rule === ""}
        >
          Rule {rule}
        </Button>
        {positions.length > 0 && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              selection.getState().selectPositions(positions);
              openPanel("positions");
            }}
          >
            {positions.length === 1 ? "Show the position" : `Show ${positions.length} positions`}
          </Button>
        )}
      </div>
      {inputs.length > 0 && <Inputs inputs={inputs} />}
      <p className={styles.id}>
        Line <code>{id}</code>
      </p>
    </section>
  );
}

function Inputs({ inputs }: { readonly inputs: readonly LineInput[] }) {
  return (
    <table className={styles.inputs}>
      <caption>Inputs</caption>
      <TableHead columns={["Input", "Value", "Parameter"]} />
      <tbody>
        {inputs.map(({ label, value, unit, parameter }) => (
          <tr key={`${label} ${parameter ?? ""} ${value}`}>
            <th scope="row">{label}</th>
            <td data-value={typeof value === "number" ? rawNumber(value) : value}>
              {typeof value === "number" ? rawNumber(value).replace("-", "−") : value}
              {unit !== undefined && <small> {unit}</small>}
            </td>
            <td>
              {parameter !== undefined && (
                <button type="button" className={styles.link} onClick={() => openParameter(parameter)}>
                  {parameter}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function openParameter(pointer: string): void {
  selection.getState().selectParameter(pointer);
  openPanel("parameters");
}
