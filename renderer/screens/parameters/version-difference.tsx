import { Select } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { call } from "../../client/index.ts";
import type { Failure, MethodologyDetail, Output } from "../../client/types.ts";
import { textColumn } from "../../grids/columns.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { schemaAt } from "./json-schema.ts";
import styles from "./parameters.module.css";

type Difference = Output<"rulebook.difference">[number];

interface VersionDifferenceProps {
  readonly detail: MethodologyDetail;
  readonly current: string;
}

/** What differs between two versions of a rulebook. */
export function VersionDifference({ detail, current }: VersionDifferenceProps) {
  const names = detail.versions.map(({ name }) => name);
  const before = names[Math.max(0, names.indexOf(current) - 1)] ?? current;
  const [from, setFrom] = useState(before);
  const [to, setTo] = useState(current);
  const [differences, setDifferences] = useState<readonly Difference[]>([]);
  const [failure, setFailure] = useState<Failure>();

  useEffect(() => {
    let asked = true;
    void call("rulebook.difference", { methodology: detail.id, from, to }).then((answer) => {
      if (!asked) return;
      setDifferences(answer.ok ? answer.value : []);
      setFailure(answer.ok ? undefined : answer.failure);
    });
    return () => {
      asked = false;
    };
  }, [detail.id, from, to]);

  const columns = useMemo(
    () => [
      textColumn<Difference>({ id: "path", header: "Parameter", value: ({ path }) => path, width: 300 }),
      textColumn<Difference>({ id: "from", header: from, value: (row) => plain(row.from), width: 150 }),
      textColumn<Difference>({ id: "to", header: to, value: (row) => plain(row.to), width: 150 }),
      textColumn<Difference>({
        id: "meaning",
        header: "Meaning and unit",
        value: ({ path }) => schemaAt(detail.rulesSchema, path).description,
        width: 340,
      }),
    ],
    [from, to, detail.rulesSchema],
  );
  const choices = detail.versions.map(({ name, effectiveFrom }) => ({
    value: name,
    label: `${name}, ${effectiveFrom}`,
  }));
  const picker = (label: string, value: string, choose: (name: string) => void) => (
    <Select
      size="xs"
      w={240}
      label={label}
      allowDeselect={false}
      data={choices}
      value={value}
      onChange={(name) => name !== null && choose(name)}
    />
  );
  return (
    <div className={styles.difference}>
      <div className={styles.pickers}>
        {picker("From version", from, setFrom)}
        {picker("To version", to, setTo)}
        <output>{differences.length === 1 ? "1 difference" : `${differences.length} differences`}</output>
      </div>
      {failure && <FailureBanner failure={failure} />}
      <div className={styles.grid}>
        <DataGrid<Difference>
          label={`Parameters that differ between ${from} and ${to}`}
          rows={differences}
          columns={columns}
          rowId={({ path }) => path}
          emptyText="These versions have equal parameters."
        />
      </div>
    </div>
  );
}

function plain(value: unknown): string {
  if (value === undefined) return "absent";
  return typeof value === "object" ? JSON.stringify(value) : String(value).replace(/^-/, "−");
}
