import { Button } from "@mantine/core";
import { formatInstant } from "../../../core/base/format.ts";
import answerPanel from "../../app/answer-panel.module.css";
import { exportName, saveFile } from "../../app/download.ts";
import { maskedForFile } from "../../app/export/account-mask.ts";
import type { Mark } from "../../app/marks.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { NettingBenefit } from "../../client/listed.ts";
import { useNettingPanel } from "../../state/netting.ts";
import { usePanelState } from "../../state/panel-instance.ts";
import { chosenName, useSession } from "../../state/session.ts";
import { useWork } from "../../state/work.ts";
import { GroupsView } from "./groups-view.tsx";
import { MethodTable } from "./method-table.tsx";
import styles from "./netting.module.css";
import { nettingCsv } from "./netting-rows.ts";
import { PairingView } from "./pairing-view.tsx";

type View = "groups" | "pairing";

export default function NettingScreen() {
  const { store, work } = useNettingPanel();
  const benefit = useWork(work, (s) => s.value);
  const [view, setView] = usePanelState<View>("view", "groups");
  const { compute, openSample } = store.getState();
  const frame = useWorkFrame(work, () => void compute(), benefit ? marksOf(benefit) : []);
  const portfolio = useSession((s) => chosenName(s.portfolio));
  return (
    <PanelFrame
      panel="netting-benefit"
      title="Netting benefit"
      help="netting-benefit"
      {...frame}
      empty={
        <div className={answerPanel.start}>
          <p>
            One book of listed products under strategy-based, risk-based and array margin: what each saves against the
            first, in all, by group of underlyings and by position, and which legs the rules pair.
          </p>
          <Button size="sm" onClick={() => void openSample()}>
            Open the synthetic listed sample
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => void compute()}>
            Compute for {portfolio}
          </Button>
        </div>
      }
      csv={benefit && (() => nettingCsv(benefit))}
      menu={[
        {
          label: "Export JSON",
          disabled: benefit === undefined,
          onClick: () => {
            if (benefit)
              saveFile(
                exportName("netting-benefit", "json"),
                `${JSON.stringify(maskedForFile(benefit), undefined, 2)}\n`,
                "application/json",
              );
          },
        },
        { label: "Open the synthetic listed sample", onClick: () => void openSample() },
      ]}
      toolbar={
        <>
          <Segments
            label="View"
            options={[
              { value: "groups", label: "Groups and positions" },
              { value: "pairing", label: "Pairing of legs" },
            ]}
            value={view}
            onChange={setView}
          />
          <Button size="compact-xs" variant="default" onClick={() => void compute()}>
            Compute
          </Button>
        </>
      }
    >
      {benefit && (
        <div className={styles.layout}>
          <div className={styles.head}>
            <MethodTable benefit={benefit} />
          </div>
          {view === "groups" ? <GroupsView benefit={benefit} /> : <PairingView />}
          <p className={styles.footer}>
            {benefit.portfolioName} at {benefit.marketName}, {formatInstant(benefit.asOfMs)} · positions that every
            method margins, without balances
          </p>
        </div>
      )}
    </PanelFrame>
  );
}

function marksOf({ synthetic, columns }: NettingBenefit): Mark[] {
  const leftOut = new Set(columns.flatMap(({ leftOut: positions }) => positions.map(({ symbol }) => symbol))).size;
  return [
    ...(synthetic
      ? [{ kind: "synthetic", text: "synthetic", detail: "Generated data, not a real book or market." } as const]
      : []),
    ...(leftOut > 0
      ? [
          {
            kind: "partial",
            text: `${leftOut} left out`,
            detail: "Positions that not every method margins are in no column.",
          } as const,
        ]
      : []),
  ];
}
