import { MultiSelect } from "@mantine/core";
import { memo, useEffect, useMemo } from "react";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { stressMarks, stressProvenance } from "../../app/stress-frame.ts";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { WhatIfResult } from "../../client/what-if.ts";
import { useLibrary } from "../../state/library.ts";
import { useSession } from "../../state/session.ts";
import { ticketStressWork, useWhatIf, whatIfStore, whatIfWork } from "../../state/what-if.ts";
import { useWork } from "../../state/work.ts";
import { LimitsView } from "./limits-view.tsx";
import { MethodFigures } from "./method-figures.tsx";
import { computedColumns, resultCsv, signed } from "./result-rows.ts";
import { SizeView } from "./size-view.tsx";
import { StepsView } from "./steps-view.tsx";
import { ticketStressCsv } from "./stress-rows.ts";
import { StressView } from "./stress-view.tsx";
import styles from "./what-if-result.module.css";

export default function WhatIfResultScreen() {
  const result = useWork(whatIfWork, (s) => s.value);
  const { watch, compute } = whatIfStore.getState();
  const computedAtMs = useWork(whatIfWork, (s) => s.computedAtMs);
  const stress = useWork(ticketStressWork, (s) => s.value);
  const said = useMemo(() => result && saidOf(result), [result]);
  const frame = useWorkFrame(whatIfWork, () => void compute(), said ? stressMarks(said) : []);
  useEffect(() => watch(), [watch]);
  return (
    <PanelFrame
      panel="what-if-result"
      title="Before and after"
      help="what-if"
      {...frame}
      remedies
      empty="Before and after stand here when there is a portfolio, a market and a ticket."
      csv={result && (() => resultCsv(result))}
      sheets={result && (() => [{ name: "Scenarios", ...ticketStressCsv(computedColumns(result), stress) }])}
      provenance={
        said && {
          ...stressProvenance(said, computedAtMs),
          portfolio: said.portfolioName,
          market: said.marketName,
        }
      }
      toolbar={methodChoice}
    >
      {result && <Result result={result} />}
    </PanelFrame>
  );
}

/** What the first method says of its answer; the others name their version in their own table. */
function saidOf(result: WhatIfResult) {
  const [first] = computedColumns(result);
  if (!first) return undefined;
  const { asOfMs, synthetic, portfolioName, marketName } = result;
  const { methodology, version, overridden, accuracy, after } = first;
  return {
    ...{ asOfMs, synthetic, portfolioName, marketName, version, overridden, accuracy },
    ...{ methodology: methodology.id, excluded: after.excluded, remarks: [] },
  };
}

/** One element for good: the panel is drawn at each change of the ticket, its controls are not. */
const methodChoice = <MethodChoice />;

function MethodChoice() {
  const methodologies = useLibrary((s) => s.methodologies);
  const own = useSession((s) => s.methodology);
  const methods = useWhatIf((s) => s.methods);
  return (
    <MultiSelect
      size="xs"
      w={300}
      aria-label="Further methods"
      placeholder={methods.length === 0 ? "Add methods…" : ""}
      data={methodologies.map(({ id }) => id).filter((id) => id !== own)}
      value={[...methods]}
      onChange={whatIfStore.getState().setMethods}
      searchable
      clearable
      hidePickedOptions
    />
  );
}

const Result = memo(function Result({ result }: { readonly result: WhatIfResult }) {
  const columns = useMemo(() => computedColumns(result), [result]);
  const [first] = columns;
  const { spreadUsd, premiumUsd } = result.cost;
  return (
    <div className={styles.layout} data-what-if>
      <div aria-live="polite">
        <span className={styles.word}>WHAT-IF</span>
        {first && result.legs.length === 0 && <p className={styles.headline}>No legs: the book as it is</p>}
        {first && result.legs.length > 0 && (
          <p className={styles.headline}>
            Initial margin {signed(first.change.initialUsd)} USD under {first.methodology.title}
          </p>
        )}
        <p className={`${styles.small} muted`}>
          {result.legs.length === 0
            ? "Add a contract to the ticket to see what it changes"
            : `Premium ${signed(premiumUsd)} USD, paid above the marks ${signed(spreadUsd)} USD`}{" "}
          · neither side uses the margin balance the venue stated
        </p>
      </div>
      <div className={styles.methods}>
        {result.columns.map((column) => (
          <MethodFigures key={column.label} column={column} />
        ))}
      </div>
      <LimitsView columns={columns} />
      <SizeView />
      <StepsView />
      {/* Last: Tab goes through every cell of a grid. */}
      <StressView columns={columns} />
    </div>
  );
});
