import { Button } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { formatNumber } from "../../../core/base/format.ts";
import answerPanel from "../../app/answer-panel.module.css";
import type { StressStep } from "../../client/stress.ts";
import { themeInk } from "../../figures/figure.ts";
import { PlotView } from "../../figures/plot.tsx";
import { pathFigure } from "../../figures/stress-figure.ts";
import { useThemeName } from "../../state/preferences.ts";
import styles from "./stress.module.css";
import { flagText } from "./stress-words.ts";

const playMs = 900;
const money = (value: number | undefined): string => formatNumber(value, { decimals: 0, unit: "USD" });

interface PathViewProps {
  readonly steps: readonly StressStep[];
  readonly label: string;
  /** Place of the step with the largest loss. */
  readonly worst: number | undefined;
}

/** A scenario as it went, step by step, with the calls that each step makes. */
export function PathView({ steps, label, worst }: PathViewProps) {
  const theme = useThemeName();
  const [place, setPlace] = useState(0);
  const [playing, setPlaying] = useState(false);
  const read = Math.min(place, steps.length - 1);
  const figure = useMemo(() => pathFigure(steps, read, themeInk(theme)), [steps, read, theme]);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(
      () =>
        setPlace((now) => {
          if (now + 1 >= steps.length) setPlaying(false);
          return Math.min(now + 1, steps.length - 1);
        }),
      playMs,
    );
    return () => clearInterval(timer);
  }, [playing, steps.length]);
  const step = steps[read];
  const words = step ? stepWords(step) : "";
  return (
    <>
      <div className={answerPanel.line}>
        <Button size="compact-xs" variant="default" disabled={read === 0} onClick={() => setPlace(read - 1)}>
          Step back
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          disabled={read >= steps.length - 1}
          onClick={() => setPlace(read + 1)}
        >
          Step
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            if (!playing && read >= steps.length - 1) setPlace(0);
            setPlaying(!playing);
          }}
        >
          {playing ? "Pause" : "Play"}
        </Button>
        {worst !== undefined && (
          <Button size="compact-xs" variant="default" disabled={read === worst} onClick={() => setPlace(worst)}>
            Worst step
          </Button>
        )}
        <span aria-live="polite" data-step={read}>
          <b>
            {read + 1} of {steps.length}: {step?.label}
          </b>{" "}
          {words}
        </span>
      </div>
      <div className={styles.chart}>
        <PlotView
          key="path"
          figure={figure}
          label={`Path of ${label}`}
          description={steps.map((one) => `${one.label}: ${stepWords(one)}`).join(" ")}
          onClick={({ x }) => setPlace(Math.max(0, Math.min(steps.length - 1, Math.round(x))))}
        />
      </div>
    </>
  );
}

function stepWords({ days, pnlUsd, amounts, callUsd, calledUsd, flags }: StressStep): string {
  const flag = flagText(flags);
  return [
    `day ${formatNumber(days, { decimals: Number.isInteger(days) ? 0 : 1 })}`,
    `P&L so far ${formatNumber(pnlUsd, { decimals: 0, signed: true, unit: "USD" })}`,
    `initial ${money(amounts.initialUsd)}`,
    ...(callUsd === undefined ? [] : [callUsd > 0 ? `call ${money(callUsd)}` : "no call"]),
    ...(calledUsd !== undefined && calledUsd > 0 ? [`called so far ${money(calledUsd)}`] : []),
    ...(flag === "" ? [] : [flag]),
  ].join(" · ");
}
