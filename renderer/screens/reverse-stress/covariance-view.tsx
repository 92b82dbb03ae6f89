import { Button } from "@mantine/core";
import { useId } from "react";
import { formatNumber } from "../../../core/base/format.ts";
import type { ReverseStress } from "../../client/stress.ts";
import { shortFactor } from "../../figures/calibration-figure.ts";
import { type StatedCovariance, useReverse, useReversePanel } from "../../state/reverse-stress.ts";
import styles from "./reverse-stress.module.css";

/** What the norm is measured with: deviations and correlations, of the history or stated by the user. */
export function CovarianceView({ result }: { readonly result: ReverseStress }) {
  const stated = useReverse((s) => s.stated);
  const { choose, find } = useReversePanel().store.getState();
  const shown = stated ?? ofResult(result);
  const { factors, correlation } = shown;
  const change = (changed: StatedCovariance): void => choose({ stated: changed });
  return (
    <div className={styles.covariance}>
      <p>
        {stated
          ? "Stated by you: deviations are those of a logarithmic move over the horizon chosen above."
          : `${result.covarianceSource}; moves over ${result.horizonDays} ${result.horizonDays === 1 ? "day" : "days"}.`}
        {result.notMoved.map(({ factor, reason }) => (
          <span key={factor} className={styles.warning}>
            {" "}
            {shortFactor(factor)} does not move: {reason}.
          </span>
        ))}
      </p>
      <div className={styles.actions}>
        {stated ? (
          <>
            <Button size="compact-xs" onClick={() => void find()}>
              Find with these
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => choose({ stated: undefined })}>
              Back to the history
            </Button>
          </>
        ) : (
          <Button size="compact-xs" variant="default" onClick={() => change(ofResult(result))}>
            State my own, beginning with these
          </Button>
        )}
      </div>
      <table>
        <caption className="visually-hidden">Deviations and correlations of logarithmic moves</caption>
        <thead>
          <tr>
            <th scope="col">Factor</th>
            <th scope="col" className="numeric">
              Deviation, %
            </th>
            {factors.map(({ factor }) => (
              <th key={factor} scope="col" className="numeric">
                {shortFactor(factor)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {factors.map(({ factor, deviation }, row) => (
            <tr key={factor}>
              <th scope="row">{shortFactor(factor)}</th>
              <Figure
                label={`Deviation of ${shortFactor(factor)}, %`}
                value={deviation * 100}
                onChange={
                  stated &&
                  ((percent) =>
                    percent > 0 &&
                    change({
                      ...shown,
                      factors: factors.map((one, at) => (at === row ? { factor, deviation: percent / 100 } : one)),
                    }))
                }
              />
              {factors.map(({ factor: other }, column) => (
                <Figure
                  key={other}
                  label={`Correlation of ${shortFactor(factor)} and ${shortFactor(other)}`}
                  value={correlation[row]?.[column] ?? 0}
                  onChange={
                    stated && column < row
                      ? (value) =>
                          Math.abs(value) <= 1 &&
                          change({ ...shown, correlation: symmetricWith(correlation, row, column, value) })
                      : undefined
                  }
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface FigureProps {
  readonly label: string;
  readonly value: number;
  readonly onChange?: ((value: number) => unknown) | undefined;
}

function Figure({ label, value, onChange }: FigureProps) {
  const id = useId();
  const text = formatNumber(value, { decimals: 2 });
  if (!onChange)
    return (
      <td className="numeric" data-value={value}>
        {text}
      </td>
    );
  return (
    <td className="numeric" data-value={value}>
      <input
        id={id}
        aria-label={label}
        className={styles.number}
        defaultValue={String(Number(value.toPrecision(4)))}
        inputMode="decimal"
        onBlur={({ target }) => {
          const given = Number(target.value.replaceAll(",", ""));
          if (target.value.trim() === "" || !Number.isFinite(given) || onChange(given) === false)
            target.value = String(value);
        }}
      />
    </td>
  );
}

function ofResult({ factors, correlation }: ReverseStress): StatedCovariance {
  return { factors: factors.map(({ factor, deviation }) => ({ factor, deviation })), correlation };
}

/** Both halves of a symmetric matrix at once. */
function symmetricWith(
  correlation: readonly (readonly number[])[],
  row: number,
  column: number,
  value: number,
): readonly (readonly number[])[] {
  return correlation.map((entries, i) =>
    entries.map((entry, j) => ((i === row && j === column) || (i === column && j === row) ? value : entry)),
  );
}
