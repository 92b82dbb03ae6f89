import { Tooltip } from "@mantine/core";
import { useEffect, useState } from "react";
import { estimateNotice, formatDuration, formatInstant } from "../../core/base/format.ts";
import type { Accuracy } from "../client/types.ts";
import { ConventionButton } from "./convention-button.tsx";
import type { Convention } from "./conventions.ts";
import styles from "./provenance.module.css";

export interface ProvenanceProps {
  readonly portfolio: string;
  readonly market: string;
  readonly asOfMs: number;
  readonly methodology: string;
  readonly version: string;
  readonly accuracy: Accuracy;
  readonly computedAtMs: number | undefined;
  /** Past of risk factors the result was computed from, where the method needs one. */
  readonly history?: string | undefined;
  /** How each measure of that history was made. */
  readonly conventions?: readonly Convention[];
}

/** Past this age a snapshot counts as old. */
const oldMs = 86_400_000;

/** Where a panel's numbers come from, in one line. */
export function Provenance(props: ProvenanceProps) {
  const nowMs = useNow(props.asOfMs);
  const ageMs = nowMs - props.asOfMs;
  const age = ageMs >= 0 ? `age ${formatDuration(ageMs)}` : formatDuration(ageMs);
  const { history, conventions = [] } = props;
  const past = history === undefined ? "" : ` · history ${history}`;
  const whole = `${props.portfolio} · ${props.market} at ${formatInstant(props.asOfMs)} (${age})${past} · ${props.methodology} ${props.version} · ${props.accuracy} · ${estimateNotice} · computed ${formatInstant(props.computedAtMs)}`;
  const inWords = { label: whole, multiline: true, maw: 480, openDelay: 400 };
  return (
    <footer className={styles.line}>
      <Tooltip {...inWords}>
        <span className={styles.part}>
          <span className={styles.name}>{props.portfolio}</span>
          <time dateTime={new Date(props.asOfMs).toISOString()}>{formatInstant(props.asOfMs)}</time>
          <span {...(ageMs > oldMs && { "data-mark": "stale" })}>{age}</span>
        </span>
      </Tooltip>
      <ConventionButton history={history} conventions={conventions} />
      <Tooltip {...inWords}>
        <span className={styles.rules}>
          <span className={styles.method}>
            {props.methodology} {props.version}
          </span>
          <span className={styles.accuracy} data-accuracy={props.accuracy}>
            {props.accuracy}
          </span>
          <span className={styles.standing}>non-binding</span>
        </span>
      </Tooltip>
    </footer>
  );
}

/** The time, as often as an age of this size changes. */
function useNow(sinceMs: number): number {
  const [nowMs, setNow] = useState(() => Date.now());
  const everyMs = nowMs - sinceMs < 120_000 ? 1000 : 60_000;
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}
