import { SummaryStrip as Strip } from "../screens/summary/summary-strip.tsx";
import { PanelBoundary } from "./panel-boundary.tsx";
import styles from "./summary-strip.module.css";

/** The summary, always in sight above the docked panels. */
export function SummaryStrip() {
  return (
    <div className={styles.strip}>
      <PanelBoundary panel="summary-strip" title="Summary">
        <Strip />
      </PanelBoundary>
    </div>
  );
}
