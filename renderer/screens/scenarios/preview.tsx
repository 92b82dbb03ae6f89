import { Button, Select } from "@mantine/core";
import { useEffect, useEffectEvent, useState } from "react";
import { formatNumber } from "../../../core/base/format.ts";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { useDimmed } from "../../app/use-dimmed.ts";
import type { StressDrill, StressScenario, StressSet } from "../../client/stress.ts";
import { useSession } from "../../state/session.ts";
import { previewWork, stressStore } from "../../state/stress.ts";
import { useWork } from "../../state/work.ts";
import { factorText } from "../stress/result-rows.ts";
import { flagText } from "../stress/stress-words.ts";
import styles from "./scenarios.module.css";

interface PreviewProps {
  readonly set: StressSet;
  readonly scenario: StressScenario;
  /** Wrong shocks are not asked. */
  readonly wrong: boolean;
  /** Place of the step of its path that is asked; absent: all shocks at once. */
  readonly step: number | undefined;
  readonly onStep: (step: number | undefined) => void;
}

const settleMs = 400;
const atOnce = "at once";
const money = (value: number | undefined, signed = false): string =>
  formatNumber(value, { decimals: 0, signed, unit: "USD" });

/** What the scenario does to the book of the session, or to one of its positions, while it is being edited. */
export function Preview({ set, scenario, wrong, step, onStep }: PreviewProps) {
  const value = useWork(previewWork, (s) => s.value);
  const state = useWork(previewWork, (s) => s.state);
  const failure = useWork(previewWork, (s) => s.failure);
  const isDimmed = useDimmed(state === "loading");
  const margin = useSession((s) => s.result);
  const { preview } = stressStore.getState();
  const ask = useEffectEvent((at: number | undefined) => void preview(set, scenario, at));
  const ready = margin !== undefined && !wrong;
  useEffect(() => {
    if (!ready || scenario.id === "") return;
    const timer = setTimeout(() => ask(step), settleMs);
    return () => clearTimeout(timer);
  }, [scenario, ready, step]);
  const shown = !wrong && value?.scenario.scenarioId === scenario.id ? value : undefined;
  return (
    <section className={styles.preview} aria-label="Preview" aria-busy={state === "loading"} data-dimmed={isDimmed}>
      <div className={styles.line}>
        <h3>On the book</h3>
        {scenario.path && (
          <Select
            size="xs"
            w={220}
            aria-label="Step that is previewed"
            allowDeselect={false}
            data={[
              { value: atOnce, label: "Event at once" },
              ...scenario.path.map(({ label }, place) => ({
                value: String(place),
                label: `Step ${place + 1}: ${label}`,
              })),
            ]}
            value={step === undefined ? atOnce : String(step)}
            onChange={(value) => onStep(value === null || value === atOnce ? undefined : Number(value))}
          />
        )}
        {wrong && <span className="muted">after the problems are solved</span>}
        {state === "stale" && (
          <Button size="compact-xs" variant="default" onClick={() => void preview(set, scenario, step)}>
            Recalculate
          </Button>
        )}
      </div>
      {state === "error" && failure && !wrong && <FailureBanner failure={failure} />}
      {shown && <Previewed drill={shown} />}
    </section>
  );
}

function Previewed({ drill }: { readonly drill: StressDrill }) {
  const { outcome, scenario, positions } = drill;
  const { before, after, flags, pnlUsd } = outcome;
  const [position, setPosition] = useState<string | null>(null);
  const one = positions.find(({ id }) => id === position);
  return (
    <>
      <p className={styles.outcome}>
        P&L{" "}
        <b className={pnlUsd < 0 ? "loss numeric" : "gain numeric"} data-value={pnlUsd}>
          {money(pnlUsd, true)}
        </b>
        {" · "}initial margin {money(before.initialUsd)} → <b className="numeric">{money(after.initialUsd)}</b>
        {after.marginBalanceUsd !== undefined && <> · margin balance {money(after.marginBalanceUsd)}</>}
        {flags.length > 0 && <b className={styles.flag}> · {flagText(flags)}</b>}
      </p>
      <p>
        {scenario.moved.length === 0 ? "Nothing moves. " : "Moves: "}
        {scenario.moved.map(({ factor, move, by }, at) => (
          <span key={factor} title={by}>
            {at > 0 && ", "}
            {factorText({ factor })} {move}
          </span>
        ))}
        {scenario.notMoved.length > 0 && (
          <span className={styles.notMoved}>
            {" · "}Not moved: {scenario.notMoved.map(factorText).join(", ")}
            <small> ({scenario.notMoved[0]?.reason})</small>
          </span>
        )}
      </p>
      <div className={styles.line}>
        <Select
          size="xs"
          w={240}
          aria-label="Preview on one instrument"
          placeholder="One instrument of the book"
          clearable
          searchable
          limit={50}
          data={positions.map(({ id, symbol }) => ({ value: id, label: symbol }))}
          value={position}
          onChange={setPosition}
        />
        {one && (
          <span>
            {one.symbol}, {formatNumber(one.quantity, { significant: 6 })} held:{" "}
            <b className="numeric">{money(one.pnlUsd, true)}</b>
            <small className="muted">
              {" "}
              price {money(one.byFactor.price, true)}, volatility {money(one.byFactor.volatility, true)}, together{" "}
              {money(one.byFactor.cross, true)}
            </small>
          </span>
        )}
      </div>
    </>
  );
}
