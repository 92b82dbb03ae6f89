import type { ImportOutcome } from "../../client/types.ts";
import styles from "./import-wizard.module.css";

interface DecisionsProps {
  readonly decisions: ImportOutcome["report"]["decisions"];
}

/** What the readers decided by themselves, and why. */
export function Decisions({ decisions }: DecisionsProps) {
  if (decisions.length === 0) return null;
  return (
    <section className={styles.decided}>
      <h3 className={styles.heading}>Decided while reading</h3>
      <ul className={styles.decisions}>
        {grouped(decisions).map(({ what, decided, why, files }) => (
          <li key={`${what} ${decided} ${why}`}>
            {what}: <strong>{decided}</strong>{" "}
            <span className="muted">
              ({why}; {files.length > 3 ? `${files.length} files` : files.join(", ")})
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The same decision on several files is said once. */
function grouped(decisions: DecisionsProps["decisions"]) {
  const found = new Map<string, { what: string; decided: string; why: string; files: string[] }>();
  for (const { what, decided, why, file } of decisions) {
    const key = JSON.stringify([what, decided, why]);
    const known = found.get(key) ?? { what, decided, why, files: [] };
    known.files.push(file);
    found.set(key, known);
  }
  return [...found.values()];
}
