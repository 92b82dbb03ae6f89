import { Button, NumberInput, Select } from "@mantine/core";
import { useState } from "react";
import { formatNumber } from "../../../core/base/format.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { CandidateMeasure, CandidateRanking, HedgeProposal, RankedCandidate } from "../../client/what-if.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { candidatesWork, type HedgeSource, hedgesStore, planWork, unwindWork, useHedges } from "../../state/hedges.ts";
import { openPanel } from "../../state/layout.ts";
import { useWork } from "../../state/work.ts";
import { candidateColumns, candidatesCsv, type PlanTrade, planColumns, planCsv, worstText } from "./hedge-columns.ts";
import styles from "./hedges.module.css";
import { StressChoice } from "./stress-choice.tsx";
import { UnwindControls, UnwindView, unwindCsv } from "./unwind-view.tsx";

const measures: readonly { readonly value: CandidateMeasure; readonly label: string }[] = [
  { value: "margin-relief", label: "Margin relief" },
  { value: "relief-per-cost", label: "Relief per cost" },
  { value: "relief-per-notional", label: "Relief per notional" },
  { value: "maintenance-relief", label: "Maintenance relief" },
  { value: "headroom", label: "Headroom to liquidation" },
  { value: "stress-relief", label: "Worst stress" },
  { value: "wide-relief", label: "Wide grid" },
];

const sources: readonly { readonly value: HedgeSource; readonly label: string }[] = [
  { value: "contracts", label: "Contracts" },
  { value: "plan", label: "Plan" },
  { value: "unwind", label: "Unwind" },
];

const emptyWords: Readonly<Record<HedgeSource, string>> = {
  contracts:
    "Every contract near the money, bought and sold on its own against the book and its ticket, ranked by what it relieves.",
  plan: "One plan of several trades: the cheapest margin relief as an optimisation, recomputed by the method.",
  unwind:
    "Which positions to close on which day, within a share of each day's volume: most margin released soonest, net of cost.",
};

const idOf = ({ label }: RankedCandidate): string => label;
const tradeId = ({ symbol }: PlanTrade): string => symbol;

export default function HedgesScreen() {
  const source = useHedges((s) => s.source);
  const measure = useHedges((s) => s.measure);
  const notionalUsd = useHedges((s) => s.notionalUsd);
  const ranking = useWork(candidatesWork, (s) => s.value);
  const plan = useWork(planWork, (s) => s.value);
  const { choose, compute } = hedgesStore.getState();
  const ofContracts = useWorkFrame(candidatesWork, () => void compute());
  const ofPlan = useWorkFrame(planWork, () => void compute());
  const unwind = useWork(unwindWork, (s) => s.value);
  const ofUnwind = useWorkFrame(unwindWork, () => void compute());
  const frames = { contracts: ofContracts, plan: ofPlan, unwind: ofUnwind };
  const csv = {
    contracts: ranking && (() => candidatesCsv(ranking)),
    plan: plan && (() => planCsv(plan)),
    unwind: unwind && (() => unwindCsv(unwind)),
  };
  return (
    <PanelFrame
      panel="hedges"
      title="Hedges"
      help="what-if"
      {...frames[source]}
      remedies
      empty={
        <div className={styles.start}>
          <p>{emptyWords[source]}</p>
          <Button size="sm" onClick={() => void compute()}>
            {source === "unwind" ? "Plan the unwind" : "Find hedges"}
          </Button>
        </div>
      }
      csv={csv[source]}
      toolbar={
        <>
          <Segments
            label="Source of hedges"
            options={sources}
            value={source}
            onChange={(value) => choose({ source: value })}
          />
          {source === "unwind" && <UnwindControls />}
          {source === "contracts" && (
            <>
              <Select
                size="xs"
                w={150}
                aria-label="Ranked by"
                allowDeselect={false}
                data={[...measures]}
                value={measure}
                onChange={(value) => choose({ measure: measures.find((one) => one.value === value)?.value ?? measure })}
              />
              <NumberInput
                size="xs"
                w={120}
                aria-label="Size of each trade, USD"
                suffix=" USD"
                thousandSeparator=","
                hideControls
                min={1}
                value={notionalUsd}
                onChange={(value) => typeof value === "number" && value > 0 && choose({ notionalUsd: value })}
              />
            </>
          )}
          <StressChoice />
          <Button size="compact-xs" variant="default" onClick={() => void compute()}>
            Find
          </Button>
        </>
      }
    >
      {source === "contracts" && ranking && <Ranking ranking={ranking} />}
      {source === "plan" && plan && <Plan plan={plan} />}
      {source === "unwind" && unwind && <UnwindView plan={unwind} />}
    </PanelFrame>
  );
}

function Ranking({ ranking }: { readonly ranking: CandidateRanking }) {
  const [label, setLabel] = useState<string>();
  const { ranked, evaluated, leftOut, initialBeforeUsd, worstStressBefore, methodology, version } = ranking;
  const chosen = ranked.find((one) => one.label === label) ?? ranked[0];
  const accept = (candidate: RankedCandidate): void => {
    hedgesStore.getState().acceptCandidate(candidate);
    openPanel("what-if");
  };
  return (
    <div className={styles.layout}>
      <p className={styles.line}>
        {evaluated} trades against the book and its ticket, each alone; initial margin now{" "}
        <b data-value={initialBeforeUsd}>{formatNumber(initialBeforeUsd, { decimals: 0 })} USD</b>
        {worstStressBefore && `, worst stress ${worstText(worstStressBefore)}`}{" "}
        <span className="muted">
          {methodology} {version}
          {ranked.some(({ cost }) => cost.source === "default") && " · ≈ costs by default where nothing is quoted"}
          {leftOut.length > 0 && ` · ${leftOut.length} left out: ${leftOut[0]?.reason}`}
        </span>
      </p>
      <div className={styles.grid}>
        <DataGrid<RankedCandidate>
          label="Hedges, best first"
          rows={ranked}
          columns={candidateColumns}
          rowId={idOf}
          onSelect={([row]) => row && setLabel(row.label)}
          onOpen={accept}
          emptyText="The market quotes nothing within the filter."
        />
      </div>
      <div className={styles.accept}>
        <Button size="compact-xs" disabled={!chosen} onClick={() => chosen && accept(chosen)}>
          Accept into ticket: {chosen?.label ?? "nothing"}
        </Button>
        <span className="muted">Enter accepts the row that is read</span>
      </div>
    </div>
  );
}

function Plan({ plan }: { readonly plan: HedgeProposal }) {
  const { trades, costUsd, state, gap } = plan.inLots ?? plan.exact;
  const usd = (value: number): string => `${formatNumber(value, { decimals: 0 })} USD`;
  return (
    <div className={styles.layout}>
      <p className={styles.line}>
        {plan.requirement === "initial" ? "Initial" : "Maintenance"} margin {usd(plan.before.requirementUsd)}{" "}
        <span aria-hidden="true">→</span>
        <span className="visually-hidden"> becomes </span>{" "}
        <b data-value={state.requirementUsd}>{usd(state.requirementUsd)}</b>, recomputed by the method, for{" "}
        {usd(costUsd)}
        {plan.before.worstStress && state.worstStress && (
          <span data-value={state.worstStress.profitUsd}>
            ; worst stress {worstText(plan.before.worstStress)} becomes {worstText(state.worstStress)}
          </span>
        )}{" "}
        <span className="muted">
          {plan.inLots ? "in whole lots" : "any size"} · {plan.candidates.length} contracts tried
          {gap > 0 && ` · gap ${formatNumber(gap * 100, { decimals: 2 })} %`}
        </span>
      </p>
      <div className={styles.grid}>
        <DataGrid<PlanTrade>
          label="Trades of the plan, most saved per cost first"
          rows={trades}
          columns={planColumns}
          rowId={tradeId}
          emptyText="No trade is worth its cost."
        />
      </div>
      <div className={styles.accept}>
        <Button
          size="compact-xs"
          disabled={trades.length === 0}
          onClick={() => {
            hedgesStore.getState().acceptPlan(plan);
            openPanel("what-if");
          }}
        >
          Accept plan into ticket
        </Button>
      </div>
    </div>
  );
}
