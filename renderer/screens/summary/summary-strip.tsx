import { formatNumber, formatPercent, moneyDecimals } from "../../../core/base/format.ts";
import { useMarginFrame } from "../../app/margin-frame.ts";
import { Marks } from "../../app/marks.tsx";
import { openPanel } from "../../state/layout.ts";
import { selection } from "../../state/selection.ts";
import { useSession } from "../../state/session.ts";
import { Metric } from "./metric.tsx";
import styles from "./summary.module.css";
import {
  accountFigures,
  type Standing,
  type SummaryFigures,
  standingOf,
  totalFigures,
  type WorstScenario,
} from "./summary-figures.ts";
import { UtilisationBar } from "./utilisation-bar.tsx";

const standingWords: Readonly<Record<Standing, string | undefined>> = {
  none: undefined,
  ok: undefined,
  call: "no new risk",
  liquidation: "liquidation",
};

/** The figures that are always in sight: one account in its own unit, several in USD. Each drills to its panel. */
export function SummaryStrip() {
  const { state, marks = [] } = useMarginFrame();
  const result = useSession((s) => s.result);
  if (!result) {
    return (
      <section className={styles.strip} data-panel="summary-strip" data-state={state} aria-label="Summary">
        <p className={styles.hint}>
          {state === "error" ? "No margin: see the message in the panels." : "No margin yet."}
        </p>
      </section>
    );
  }
  const accounts = accountFigures(result);
  const [only] = accounts;
  const figures = accounts.length === 1 && only ? only : totalFigures(result);
  return (
    <section
      className={styles.strip}
      data-panel="summary-strip"
      data-state={state}
      aria-label="Summary"
      aria-busy={state === "loading"}
    >
      <SummaryMetrics figures={figures} />
      <Marks marks={marks} />
    </section>
  );
}

/** The metrics of one account or of the total. */
export function SummaryMetrics({ figures }: { readonly figures: SummaryFigures }) {
  const { unit, worst } = figures;
  const decimals = Math.min(4, moneyDecimals(unit));
  const money = (value: number | undefined): string => formatNumber(value, { decimals });
  const standing = standingOf(figures);
  const [first, ...others] = worst;
  const line = (id: string) => () => openLine(figures.id === "total" ? undefined : `${figures.id}/${id}`);
  return (
    <>
      <Metric
        name="Equity"
        about="Balance with unrealised profit and option value"
        value={figures.equity}
        text={money(figures.equity)}
        unit={unit}
        onClick={line("equity")}
      />
      <Metric
        name="Initial margin"
        about="Requirement for new risk, ≥ 0"
        value={figures.initial}
        text={money(figures.initial)}
        unit={unit}
        tone="strong"
        onClick={line("initial")}
      />
      <Metric
        name="Maintenance margin"
        about="Requirement to keep the account, ≥ 0"
        value={figures.maintenance}
        text={money(figures.maintenance)}
        unit={unit}
        tone="strong"
        onClick={line("maintenance")}
      />
      <Metric
        name="Available"
        about="Margin balance less initial margin: headroom to a margin call"
        value={figures.available}
        text={money(figures.available)}
        unit={unit}
        tone={standing === "call" || standing === "liquidation" ? "bad" : "plain"}
        word={standing === "call" ? standingWords.call : undefined}
        onClick={line("initial")}
      />
      <Metric
        name={figures.nearest === undefined ? "To liquidation" : `To liquidation (${figures.nearest})`}
        about="Margin balance less maintenance margin: the account is liquidated below 0. Of several accounts the nearest"
        value={figures.toLiquidation}
        text={money(figures.toLiquidation)}
        unit={unit}
        tone={standing === "liquidation" ? "bad" : "plain"}
        word={standing === "liquidation" ? standingWords.liquidation : undefined}
        onClick={() => openPanel("surface")}
      />
      <span className={styles.utilisation}>
        <Metric
          name="Utilisation"
          about="Initial margin ÷ margin balance; the bar shows maintenance inside it"
          value={figures.utilisation}
          text={formatPercent(figures.utilisation)}
          tone={standing === "call" || standing === "liquidation" ? "bad" : "plain"}
          onClick={line("initial")}
        />
        <UtilisationBar figures={figures} />
      </span>
      <Metric
        name={
          first?.ranked
            ? "Scenario of the VaR"
            : others.length === 0
              ? "Worst scenario"
              : `Worst scenario (of ${worst.length})`
        }
        about={worst.length === 0 ? "No scenario loses" : worst.map(worstText).join(" · ")}
        value={first?.amount}
        text={
          first
            ? `${first.ranked ? first.scenarioId : first.label}: ${formatNumber(first.amount, { decimals: Math.min(4, moneyDecimals(first.unit)) })}`
            : "none loses"
        }
        {...(first && { unit: first.unit })}
        onClick={() => openScenario(first)}
      />
    </>
  );
}

function worstText({ account, setId, label, amount, unit }: WorstScenario): string {
  return `${account} ${setId}: ${label}, ${formatNumber(amount, { decimals: moneyDecimals(unit) })} ${unit}`;
}

function openLine(id: string | undefined): void {
  if (id !== undefined) selection.getState().selectLine(id);
  openPanel(id === undefined ? "summary" : "statement");
}

function openScenario(worst: WorstScenario | undefined): void {
  if (worst) {
    const { account, setId, scenarioId } = worst;
    selection.getState().selectScenario({ account, setId, scenarioId });
  }
  openPanel("matrix");
}
