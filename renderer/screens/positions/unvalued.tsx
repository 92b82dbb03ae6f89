import { Button } from "@mantine/core";
import { formatQuantity } from "../../../core/base/format.ts";
import { TableHead } from "../../app/table-head.tsx";
import type { MarginResult } from "../../client/types.ts";
import styles from "./positions.module.css";

interface UnvaluedProps {
  readonly result: MarginResult;
  readonly edits: Readonly<Record<string, number>>;
  readonly onRestore: (positionId: string) => void;
}

/** Positions that are not in the numbers: those that could not be valued, with the reason, and those the user left out. */
export function Unvalued({ result, edits, onRestore }: UnvaluedProps) {
  const leftOut = Object.keys(edits).filter((id) => edits[id] === 0);
  if (result.excluded.length === 0 && leftOut.length === 0) return null;
  return (
    <section className={styles.unvalued} aria-label="Positions that are not in the numbers" data-mark="partial">
      {result.excluded.length > 0 && (
        <details open>
          <summary>Could not value ({result.excluded.length}): not in any total</summary>
          <table>
            <TableHead columns={["Instrument", { number: "Quantity" }, "Reason", "Where"]} />
            <tbody>
              {result.excluded.map(({ id, symbol, quantity, failure }) => (
                <tr key={id}>
                  <td>{symbol}</td>
                  <td className="numeric" data-value={quantity}>
                    {formatQuantity(quantity)}
                  </td>
                  <td>{failure.message}</td>
                  <td>
                    <code>{failure.at ?? failure.reason}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
      {leftOut.length > 0 && (
        <ul aria-label="Left out by you">
          {leftOut.map((id) => (
            <li key={id}>
              {id}: quantity set to 0 by you{" "}
              <Button size="compact-xs" variant="default" onClick={() => onRestore(id)}>
                Include {id} again
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
