import { Tooltip } from "@mantine/core";
import { rawNumber } from "../../../core/base/format.ts";
import styles from "./summary.module.css";

interface MetricProps {
  readonly name: string;
  /** What it is and how it follows; on hover and focus. */
  readonly about: string;
  readonly value: number | undefined;
  readonly text: string;
  readonly unit?: string;
  readonly tone?: "plain" | "bad" | "strong";
  /** A word beside a bad number: colour is never alone. */
  readonly word?: string | undefined;
  readonly onClick: () => void;
}

/** One figure of the strip; a click drills to where it comes from. */
export function Metric({ name, about, value, text, unit, tone = "plain", word, onClick }: MetricProps) {
  return (
    <Tooltip label={about} multiline maw={360} openDelay={300}>
      <button type="button" className={styles.metric} data-tone={tone} onClick={onClick}>
        <span className={styles.name}>{name}</span>
        <span className={styles.value} data-value={rawNumber(value)} data-metric={name}>
          {text}
          {unit !== undefined && value !== undefined && <small> {unit}</small>}
          {word !== undefined && <em> {word}</em>}
        </span>
      </button>
    </Tooltip>
  );
}
