import { Select } from "@mantine/core";
import { useEffect, useMemo, useState } from "react";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { call } from "../../client/index.ts";
import type { Failure, MethodologyDetail } from "../../client/types.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import styles from "./parameters.module.css";
import { type RuleDifference, ruleDifferenceColumns } from "./rule-difference-columns.ts";

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
  const [differences, setDifferences] = useState<readonly RuleDifference[]>([]);
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

  const columns = useMemo(() => ruleDifferenceColumns(from, to, detail.rulesSchema), [from, to, detail.rulesSchema]);
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
        <DataGrid<RuleDifference>
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
