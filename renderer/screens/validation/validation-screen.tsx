import { Select } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { saveFile } from "../../app/download.ts";
import { FailureBanner } from "../../app/failure-banner.tsx";
import type { Mark } from "../../app/marks.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { ValidationReport } from "../../client/through-time.ts";
import type { Failure } from "../../client/types.ts";
import { backtestStore, useBacktest } from "../../state/backtest.ts";
import { useValidation, validationStore, validationWork } from "../../state/validation.ts";
import { useWork } from "../../state/work.ts";
import styles from "./validation.module.css";
import { validationCsv, validationSections } from "./validation-rows.ts";
import { ValidationTable } from "./validation-table.tsx";

const confidences = [0.95, 0.975, 0.99, 0.995, 0.997];
const levels = [0.01, 0.05, 0.1];

export default function ValidationScreen() {
  const report = useWork(validationWork, (s) => s.value);
  const entry = useBacktest((s) => s.shown?.entry);
  const name = useBacktest((s) => s.shown?.name);
  const confidence = useValidation((s) => s.confidence);
  const level = useValidation((s) => s.level);
  const overlap = useValidation((s) => s.overlap);
  const { choose, validate } = validationStore.getState();
  const [failure, setFailure] = useState<Failure>();
  const marks = useMemo(() => (report ? marksOf(report) : []), [report]);
  const frame = useWorkFrame(validationWork, () => void validate(true), marks);
  const sections = useMemo(() => (report ? validationSections(report) : []), [report]);
  // What is shown here follows the back-test.
  useEffect(() => {
    if (entry) void validate();
  }, [entry, validate]);

  const exportAs = async (format: "html" | "csv" | "json" | "series"): Promise<void> => {
    const answer = await validationStore.getState().exportAs(format);
    setFailure("reason" in answer ? answer : undefined);
    if (!("reason" in answer)) saveFile(answer.name, answer.text, answer.mediaType);
  };
  const exports = [
    { label: "Export report as a page", format: "html" },
    { label: "Export report as CSV", format: "csv" },
    { label: "Export report as JSON", format: "json" },
    { label: "Export daily series", format: "series" },
  ] as const;
  return (
    <PanelFrame
      panel="validation"
      title="Validation"
      {...frame}
      help="validation"
      empty={entry ? "Validated as soon as the back-test is." : "Run or open a back-test: its validation follows."}
      csv={report && (() => validationCsv(report))}
      menu={exports.map(({ label, format }) => ({ label, disabled: !report, onClick: () => void exportAs(format) }))}
      toolbar={
        <>
          <Select
            size="xs"
            w={84}
            aria-label="Coverage promised"
            allowDeselect={false}
            data={confidences.map((value) => ({ value: String(value), label: `${value * 100} %` }))}
            value={String(confidence)}
            onChange={(value) => value !== null && void choose({ confidence: Number(value) })}
          />
          <Select
            size="xs"
            w={104}
            aria-label="Level of the tests"
            allowDeselect={false}
            data={levels.map((value) => ({ value: String(value), label: `level ${value * 100} %` }))}
            value={String(level)}
            onChange={(value) => value !== null && void choose({ level: Number(value) })}
          />
          <Select
            size="xs"
            w={126}
            aria-label="Overlapping periods"
            allowDeselect={false}
            data={[
              { value: "every-hth", label: "rows apart" },
              { value: "block-bootstrap", label: "block bootstrap" },
            ]}
            value={overlap}
            onChange={(value) =>
              void choose({ overlap: value === "block-bootstrap" ? "block-bootstrap" : "every-hth" })
            }
          />
        </>
      }
    >
      {report && (
        <div className={styles.layout}>
          {failure && <FailureBanner failure={failure} />}
          <ValidationTable
            sections={sections}
            series={report.series}
            onDay={(ms) => backtestStore.getState().selectDay(ms)}
          />
          <details className={styles.limits}>
            <summary>
              {report.limitations.length} reservations, {name}
            </summary>
            <ul>
              {report.limitations.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </ul>
          </details>
        </div>
      )}
    </PanelFrame>
  );
}

function marksOf({ synthetic, gaps, series }: ValidationReport): Mark[] {
  const short = Math.min(...series.map(({ coverage }) => coverage.observations));
  return [
    ...(synthetic ? [{ kind: "synthetic", text: "synthetic", detail: "Generated data." } as const] : []),
    ...(gaps.length > 0
      ? [
          {
            kind: "partial",
            text: gaps.length === 1 ? "1 gap" : `${gaps.length} gaps`,
            detail: gaps.join(" · "),
          } as const,
        ]
      : []),
    ...(short < 250
      ? [
          {
            kind: "approx",
            text: `${short} rows`,
            detail: "Fewer than the 250 of a year: the tests have little power.",
          } as const,
        ]
      : []),
  ];
}
