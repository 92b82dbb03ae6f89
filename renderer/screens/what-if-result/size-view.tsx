import { Button } from "@mantine/core";
import { memo } from "react";
import { formatNumber, formatQuantity } from "../../../core/base/format.ts";
import { computeSize, sizeWork, useWhatIf, whatIfStore } from "../../state/what-if.ts";
import { useWork } from "../../state/work.ts";
import styles from "./what-if-result.module.css";

/** One lot is a hundredth of the ticket. */
const lotsOfTicket = 100;

/** The largest multiple of the ticket that keeps every limit, both ways. */
export const SizeView = memo(function SizeView() {
  const limits = useWhatIf((s) => s.limits);
  const noLegs = useWhatIf((s) => s.legs.length === 0);
  const size = useWork(sizeWork, (s) => s.value);
  const state = useWork(sizeWork, (s) => s.state);
  const failure = useWork(sizeWork, (s) => s.failure);
  return (
    <section aria-label="Largest size">
      <div className={styles.row}>
        <b>Largest size within the limits</b>
        <Button
          size="compact-xs"
          variant="default"
          disabled={limits.length === 0 || noLegs}
          loading={state === "loading"}
          onClick={() => void computeSize()}
        >
          Find
        </Button>
        {limits.length === 0 && <span className="muted">add a limit first</span>}
        {state === "stale" && <span data-mark="stale">⟳ ticket or limits changed since</span>}
      </div>
      {failure && state === "error" && <p className={styles.small}>{failure.message}</p>}
      {size && state !== "error" && (
        <ul className={styles.small}>
          {size.directions.map(({ direction, lots, quantities, intervals, open, stopped }) => (
            <li key={direction} data-direction={direction}>
              {direction === "as-stated" ? "As stated" : "The other way round"}:{" "}
              {lots === undefined ? (
                "no size keeps the limits"
              ) : (
                <>
                  <b data-value={lots / lotsOfTicket}>{formatNumber(lots / lotsOfTicket, { decimals: 2 })}</b> times the
                  ticket ({quantities.map((quantity) => formatQuantity(quantity)).join(", ")})
                  {open && ", and perhaps more: that is as far as was looked"}
                  {stopped[0] && `; the next step breaks ${stopped[0].limit.measure} under ${stopped[0].methodology}`}
                  {intervals.length > 1 && `; ${intervals.length} separate ranges of size fit`}
                  {(intervals[0]?.fromLots ?? 0) > 0 &&
                    `; at least ${formatNumber((intervals[0]?.fromLots ?? 0) / lotsOfTicket, { decimals: 2 })} times`}
                </>
              )}
              {direction === "as-stated" && state === "ready" && lots !== undefined && lots > 0 && (
                <>
                  {" "}
                  <Button
                    size="compact-xs"
                    variant="subtle"
                    onClick={() => whatIfStore.getState().scale(lots / lotsOfTicket)}
                  >
                    Take this size
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
});
