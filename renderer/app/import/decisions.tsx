import type { ImportOutcome } from "../../client/types.ts";
import styles from "./import-wizard.module.css";

interface DecisionsProps {
  readonly decisions: ImportOutcome["report"]["decisions"];
}

/** What the readers decided by themselves, and why. */
export function Decisions({ decisions }: DecisionsProps) {
  if (decisions.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>Decided while reading</h3>
      <ul className={styles.decisions}>
        {decisions.map(({ file, what: subject, decided, why }) => (
          <li key={`${file} ${subject} ${decided}`}>
            {subject}: <strong>{decided}</strong>{" "}
            <span className="muted">
              ({why}; {file})
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
