import { Button, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { asksScale, type HistoryMapping, mappingOf, openQuestions, suggestedColumns } from "./history-columns.ts";
import type { HistoryInspection } from "./import-target.ts";
import styles from "./import-wizard.module.css";
import { TablePreview } from "./table-preview.tsx";

interface HistoryMappingFormProps {
  readonly fileName: string;
  readonly table: NonNullable<HistoryInspection["table"]>;
  readonly onConfirm: (mapping: HistoryMapping) => void;
}

/** Which column is the time and which are risk factors, and how fractions are written: asked, never guessed in silence. */
export function HistoryMappingForm({ fileName, table, onConfirm }: HistoryMappingFormProps) {
  const [columns, setColumns] = useState(() => suggestedColumns(fileName, table));
  const { time, stamp, factors, scales } = columns;
  const open = openQuestions(columns);
  const used = new Set([time, ...Object.keys(factors).filter((column) => factors[column]?.trim())]);
  return (
    <>
      <TablePreview columns={table.columns} rows={table.rows} used={used} />
      <p className="muted">
        Name the factor of each column that is to be read: price:BTC, volatility:BTC:30d, funding:BTC, rate:USD,
        basis:BTC:90d. Columns without a name are left out.
      </p>
      <div className={styles.mapping}>
        <div className={styles.field}>
          <span>
            time <strong title="required">*</strong>
          </span>
          <Select
            size="xs"
            aria-label="Column of the time"
            data={[...new Set(table.columns)]}
            value={time === "" ? null : time}
            onChange={(column) => column !== null && setColumns({ ...columns, time: column })}
          />
        </div>
        {table.columns
          .filter((column) => column !== time)
          .map((column) => (
            <div key={column} className={styles.field}>
              <span>{column}</span>
              <div className={styles.factor}>
                <TextInput
                  size="xs"
                  aria-label={`Factor of ${column}`}
                  placeholder="not read"
                  value={factors[column] ?? ""}
                  onChange={(event) =>
                    setColumns({ ...columns, factors: { ...factors, [column]: event.currentTarget.value } })
                  }
                />
                {asksScale(factors[column] ?? "") && (
                  <Select
                    size="xs"
                    w={110}
                    aria-label={`${column} is written as`}
                    placeholder="choose"
                    data={[
                      { value: "percent", label: "percent: 65.2" },
                      { value: "fraction", label: "fraction: 0.652" },
                    ]}
                    value={scales[column] ?? null}
                    onChange={(scale) => {
                      if (scale === "percent" || scale === "fraction")
                        setColumns({ ...columns, scales: { ...scales, [column]: scale } });
                    }}
                  />
                )}
              </div>
            </div>
          ))}
      </div>
      <div className={styles.questions}>
        <Select
          size="xs"
          label="A time is"
          data={[
            { value: "day", label: "a day: the value is its close" },
            { value: "instant", label: "the instant of the value, UTC" },
          ]}
          value={stamp}
          allowDeselect={false}
          onChange={(value) => setColumns({ ...columns, stamp: value === "day" ? "day" : "instant" })}
          w={230}
        />
        <Button size="xs" disabled={open.length > 0} onClick={() => onConfirm(mappingOf(columns))}>
          Use these columns
        </Button>
        {open.length > 0 && <span className="muted">still to say: {open.join(", ")}</span>}
      </div>
    </>
  );
}
