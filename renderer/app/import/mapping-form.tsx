import { Button, Select } from "@mantine/core";
import { useState } from "react";
import type { ColumnMapping, FileInspection } from "../../client/types.ts";
import { fieldLabel } from "./field-labels.ts";
import styles from "./import-wizard.module.css";
import { TablePreview } from "./table-preview.tsx";

type Table = NonNullable<FileInspection["table"]>;

interface MappingFormProps {
  readonly table: Table;
  readonly onConfirm: (mapping: ColumnMapping) => void;
}

/** Which column means what, and in which unit: asked, never guessed in silence. */
export function MappingForm({ table, onConfirm }: MappingFormProps) {
  const [mapping, setMapping] = useState<ColumnMapping>(table.suggested);
  const { columns, kind } = mapping;
  const used = new Set(Object.values(columns));
  const choose = (field: string, column: string | null): void => {
    const { [field]: _, ...others } = columns;
    setMapping({ ...mapping, columns: column === null ? others : { ...others, [field]: column } });
  };
  const asksVolatility = columns.iv !== undefined;
  const asksZone = columns.timestamp !== undefined;
  const missing = table.fields.filter(({ name, required }) => required && columns[name] === undefined);
  const open = [
    ...missing.map(({ name }) => fieldLabel(name).toLowerCase()),
    ...(asksVolatility && mapping.volatilityUnit === undefined ? ["unit of volatility"] : []),
    ...(asksZone && mapping.zone === undefined ? ["zone of times"] : []),
    ...(kind === "positions" && mapping.quantityUnit === undefined ? ["unit of quantity"] : []),
  ];
  return (
    <>
      <TablePreview columns={table.columns} rows={table.rows} used={used} />
      <p className="muted">
        Read as <strong>{kind === "positions" ? "positions" : "market data"}</strong>. Pick the column that holds each
        field; ✓ marks the columns that are read.
      </p>
      <div className={styles.mapping}>
        {table.fields.map(({ name, required, description }) => (
          <div key={name} className={styles.field}>
            <span title={description}>
              {fieldLabel(name)}
              {required && <strong title="required"> *</strong>}
            </span>
            <Select
              size="xs"
              aria-label={`Column of ${fieldLabel(name)}: ${description}`}
              title={description}
              placeholder="not in the file"
              data={[...new Set(table.columns)]}
              value={columns[name] ?? null}
              clearable
              searchable
              onChange={(column) => choose(name, column)}
            />
          </div>
        ))}
      </div>
      <div className={styles.questions}>
        {kind === "positions" && (
          <Select
            size="xs"
            label="Inverse futures and perpetuals count"
            placeholder="choose"
            data={[
              { value: "quote", label: "quote currency, e.g. USD" },
              { value: "underlying", label: "coins" },
            ]}
            value={mapping.quantityUnit ?? null}
            onChange={(unit) => {
              if (unit === "quote" || unit === "underlying") setMapping({ ...mapping, quantityUnit: unit });
            }}
          />
        )}
        {asksVolatility && (
          <Select
            size="xs"
            label="Volatilities are written as"
            placeholder="choose"
            data={[
              { value: "percent", label: "percent: 65.2" },
              { value: "decimal", label: "decimal: 0.652" },
            ]}
            value={mapping.volatilityUnit ?? null}
            onChange={(unit) => {
              if (unit === "percent" || unit === "decimal") setMapping({ ...mapping, volatilityUnit: unit });
            }}
          />
        )}
        {asksZone && (
          <Select
            size="xs"
            label="Times without a zone are"
            placeholder="choose"
            data={[{ value: "UTC", label: "UTC" }]}
            value={mapping.zone ?? null}
            onChange={(zone) => {
              if (zone === "UTC") setMapping({ ...mapping, zone });
            }}
          />
        )}
        <Button size="xs" disabled={open.length > 0} onClick={() => onConfirm(mapping)}>
          Use these columns
        </Button>
        {open.length > 0 && <span className="muted">still to say: {open.join(", ")}</span>}
      </div>
    </>
  );
}
