import { Button, NativeSelect } from "@mantine/core";
import { memo, useState } from "react";
import { TableHead } from "../../app/table-head.tsx";
import type { ExecutionPath } from "../../client/what-if.ts";
import { computeSteps, stepsWork, useWhatIf } from "../../state/what-if.ts";
import { useWork } from "../../state/work.ts";
import { amount, signed } from "./result-rows.ts";
import styles from "./what-if-result.module.css";

const sliceChoices = [1, 2, 4, 10];

/** Margin along the execution: its peak is what must be funded. */
export const StepsView = memo(function StepsView() {
  const noLegs = useWhatIf((s) => s.legs.length === 0);
  const steps = useWork(stepsWork, (s) => s.value);
  const state = useWork(stepsWork, (s) => s.state);
  const failure = useWork(stepsWork, (s) => s.failure);
  const [slices, setSlices] = useState(1);
  return (
    <section aria-label="Steps of execution">
      <div className={styles.row}>
        <b>Margin at each step of execution</b>
        <NativeSelect
          size="xs"
          aria-label="Slices of each leg"
          data={sliceChoices.map((value) => ({
            value: String(value),
            label: value === 1 ? "whole legs" : `${value} slices`,
          }))}
          value={String(slices)}
          onChange={({ currentTarget }) => setSlices(Number(currentTarget.value))}
        />
        <Button
          size="compact-xs"
          variant="default"
          disabled={noLegs}
          loading={state === "loading"}
          onClick={() => void computeSteps(slices)}
        >
          Compute
        </Button>
        {state === "stale" && <span data-mark="stale">⟳ the ticket changed since</span>}
      </div>
      {failure && state === "error" && <p className={styles.small}>{failure.message}</p>}
      {steps && state !== "error" && (
        <>
          <Path path={steps.asked} />
          {steps.best && steps.worst && (
            <p className={styles.small}>
              Best order {orderOf(steps.best)}: peak <b data-value={steps.best.peakUsd}>{amount(steps.best.peakUsd)}</b>
              . Worst order {orderOf(steps.worst)}: peak {amount(steps.worst.peakUsd)} USD.
            </p>
          )}
        </>
      )}
    </section>
  );
});

function orderOf({ order }: ExecutionPath): string {
  return order.map((place) => place + 1).join(" → ");
}

function Path({ path }: { readonly path: ExecutionPath }) {
  const start = path.steps[0]?.initialUsd ?? 0;
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">Initial margin after each step, USD</caption>
      <TableHead
        columns={["Step", { number: "Initial margin" }, { number: "Since start" }, { number: "Room to a call" }]}
      />
      <tbody>
        {path.steps.map(({ leg, symbol, slice, of, initialUsd, callRoomUsd }, at) => (
          <tr key={`${leg ?? "start"} ${slice ?? 0}`} data-peak={at === path.peakStep}>
            <th scope="row">
              {leg === undefined ? "Book as it is" : `${leg + 1}. ${symbol}`}
              {of !== undefined && of > 1 && ` ${slice}/${of}`}
              {at === path.peakStep && <b> · peak</b>}
            </th>
            <td className="numeric" data-value={initialUsd}>
              {amount(initialUsd)}
            </td>
            <td className="numeric">{signed(initialUsd - start)}</td>
            <td className="numeric" data-value={callRoomUsd}>
              {amount(callRoomUsd)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
