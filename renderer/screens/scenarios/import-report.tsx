import { Button } from "@mantine/core";
import { stressSetsStore, useStressSets } from "../../state/stress-sets.ts";
import styles from "./scenarios.module.css";

/** What a file said that could not be taken, with row, column, value and rule. */
export function ImportReport() {
  const imported = useStressSets((s) => s.imported);
  if (!imported || imported.problems.length + imported.decisions.length + imported.leftOut.length === 0) return null;
  const { problems, decisions, leftOut, format } = imported;
  return (
    <section className={styles.report} aria-label="Report of the import">
      <div className={styles.line}>
        <b>
          Read as {format}
          {problems.length > 0 && `, ${problems.length === 1 ? "1 problem" : `${problems.length} problems`}`}
          {leftOut.length > 0 && `, left out ${leftOut.join(", ")}`}
        </b>
        <Button size="compact-xs" variant="subtle" onClick={() => stressSetsStore.setState({ imported: undefined })}>
          Close
        </Button>
      </div>
      <ul>
        {problems.slice(0, 20).map(({ at, row, column, found, rule }) => (
          <li key={`${at} ${row ?? ""} ${column ?? ""} ${rule}`}>
            ✕ {at}
            {row !== undefined && ` row ${row}`}
            {column !== undefined && `, ${column}`}
            {found !== undefined && `: found ${found}`} — {rule}
          </li>
        ))}
        {decisions.map((decision) => (
          <li key={decision} className="muted">
            {decision}
          </li>
        ))}
      </ul>
    </section>
  );
}
