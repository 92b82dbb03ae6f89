import { TableHead } from "../../app/table-head.tsx";
import type { ObservedFigure, StressScenario, StressSet } from "../../client/stress.ts";
import { figureText, qualityWords } from "./scenario-rows.ts";
import styles from "./scenarios.module.css";

interface EvidenceProps {
  readonly set: StressSet;
  readonly scenario: StressScenario;
}

/** Figures as their sources state them, with how sure they are; none of them moves anything by itself. */
export function Evidence({ set, scenario }: EvidenceProps) {
  const { figures } = scenario;
  if (figures.length === 0) return null;
  const uncertain = figures.filter(({ quality }) => quality === "uncertain").length;
  return (
    <details className={styles.evidence}>
      <summary>
        Figures of the event {figures.length}
        {uncertain > 0 && <span className={styles.warning}> · ▲ {uncertain} uncertain</span>}
      </summary>
      <table>
        <caption className="visually-hidden">Figures with their sources</caption>
        <TableHead columns={["Factor", "Figure", "When", "Quality", "Source"]} />
        <tbody>
          {figures.map((figure) => (
            <tr key={JSON.stringify(figure)} data-quality={figure.quality}>
              <th scope="row">{figure.factor}</th>
              <td>
                {figureText(figure)}
                {figure.kind !== undefined && <small className="muted"> {figure.kind.replaceAll("_", " ")}</small>}
              </td>
              <td>{whenText(figure)}</td>
              <td className={figure.quality === "uncertain" ? styles.warning : undefined}>
                {qualityWords[figure.quality]}
              </td>
              <td>{sourceText(set, figure)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function whenText({ fromWhen, toWhen }: ObservedFigure): string {
  return [fromWhen, toWhen].filter((when) => when !== undefined).join(" → ");
}

function sourceText({ sources }: StressSet, { source, note }: ObservedFigure) {
  const known = sources.find(({ id }) => id === source);
  const words = known ? [known.title, known.version].filter((part) => part !== undefined).join(", ") : (source ?? "");
  return (
    <span title={known?.url}>
      {words}
      {note !== undefined && <small className="muted"> {note}</small>}
    </span>
  );
}
