import { ActionIcon, Button, Menu } from "@mantine/core";
import { type ReactNode, useEffect, useId, useRef } from "react";
import type { Failure, Progress } from "../client/types.ts";
import type { PanelState } from "../state/session.ts";
import { openHelp } from "../state/workspace.ts";
import { registerExport } from "./command/focused-panel.ts";
import { type CsvTable, saveCsv } from "./download.ts";
import { FailureBanner } from "./failure-banner.tsx";
import { Icon } from "./icon.tsx";
import { type Mark, Marks } from "./marks.tsx";
import styles from "./panel-frame.module.css";
import { WorkProgress } from "./progress.tsx";
import { Provenance, type ProvenanceProps } from "./provenance.tsx";

export interface PanelMenuItem {
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
}

export interface PanelFrameProps {
  /** Id of the panel: `data-panel`. */
  readonly panel: string;
  readonly title: string;
  readonly state: PanelState;
  readonly failure?: Failure | undefined;
  /** What to do next, shown in the empty state. */
  readonly empty?: ReactNode;
  readonly provenance?: ProvenanceProps | undefined;
  readonly marks?: readonly Mark[];
  readonly progress?: Progress | undefined;
  readonly jobId?: number | undefined;
  /** A sentence such as `cancelled, showing result of 14:02:11Z`. */
  readonly notice?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
  /** The failure is of the session's own margin. */
  readonly remedies?: boolean;
  /** Controls of the panel, left in its header. */
  readonly toolbar?: ReactNode;
  readonly csv?: (() => CsvTable) | undefined;
  /** Document and section that explain the panel, e.g. `glossary`. */
  readonly help?: string;
  readonly menu?: readonly PanelMenuItem[];
  readonly children?: ReactNode;
}

/** What every panel has around its content: marks, four states, progress, menu, and where its numbers come from. */
export function PanelFrame(props: PanelFrameProps) {
  const { panel, title, state, failure, marks = [], provenance, csv, menu = [], help = "glossary", jobId } = props;
  const heading = useId();
  const busy = state === "loading";
  const shown = props.children !== undefined && state !== "empty";
  const latestCsv = useRef(csv);
  latestCsv.current = csv;
  useEffect(
    () =>
      registerExport(panel, () => {
        if (latestCsv.current) saveCsv(latestCsv.current(), panel);
      }),
    [panel],
  );
  return (
    <section
      className={styles.frame}
      data-panel={panel}
      data-state={state}
      aria-labelledby={heading}
      aria-busy={busy}
      tabIndex={-1}
    >
      <header className={styles.header}>
        <h2 id={heading} className="visually-hidden">
          {title}
        </h2>
        <div className={styles.toolbar}>{props.toolbar}</div>
        <Marks marks={marks} />
        <Menu position="bottom-end" withinPortal shadow="md">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Menu of ${title}`}>
              <Icon name="more" />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {menu.map((item) => (
              <Menu.Item key={item.label} onClick={item.onClick} disabled={item.disabled ?? false}>
                {item.label}
              </Menu.Item>
            ))}
            <Menu.Item disabled={!csv || !shown} onClick={() => csv && saveCsv(csv(), panel)}>
              Export CSV
            </Menu.Item>
            <Menu.Item onClick={() => openHelp(help)}>Help on this panel</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </header>
      {state === "error" && failure && (
        <FailureBanner failure={failure} onRetry={props.onRetry} remedies={props.remedies} />
      )}
      {state === "stale" && (
        <output className={styles.notice} data-tone="warning">
          <span>{props.notice ?? "Inputs changed since this result."}</span>
          {props.onRetry && (
            <Button size="compact-xs" variant="default" onClick={props.onRetry}>
              Recalculate
            </Button>
          )}
        </output>
      )}
      <div className={styles.body} data-dimmed={busy && shown}>
        {shown ? props.children : state !== "error" && !busy && <div className={styles.empty}>{props.empty}</div>}
      </div>
      {busy && <WorkProgress progress={props.progress} jobId={jobId} overlay={!shown} />}
      {provenance && <Provenance {...provenance} />}
    </section>
  );
}
