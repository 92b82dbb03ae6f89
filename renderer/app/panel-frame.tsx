import { Button } from "@mantine/core";
import { type ReactNode, useId, useRef, useState } from "react";
import type { Failure, Progress } from "../client/types.ts";
import { instanceTitle, usePanelInstance } from "../state/panel-instance.ts";
import type { PanelState } from "../state/session.ts";
import type { CsvTable } from "./download.ts";
import { type PanelFigures, PanelFiguresContext } from "./export/panel-figures.ts";
import type { NamedTable } from "./export/panel-file.ts";
import { FailureBanner } from "./failure-banner.tsx";
import { LinkChip } from "./link-chip.tsx";
import { type Mark, Marks } from "./marks.tsx";
import styles from "./panel-frame.module.css";
import { PanelMenu, type PanelMenuItem } from "./panel-menu.tsx";
import { WorkProgress } from "./progress.tsx";
import { Provenance, type ProvenanceProps } from "./provenance.tsx";
import { useDimmed } from "./use-dimmed.ts";
import { useLowMarks } from "./use-low-marks.ts";
import { usePanelActions } from "./use-panel-actions.ts";

export type { PanelMenuItem } from "./panel-menu.tsx";

export interface PanelFrameProps {
  /** Id of the panel; that of its instance is `data-panel`. */
  readonly panel: string;
  readonly title: string;
  readonly state: PanelState;
  readonly failure?: Failure | undefined;
  /** What to do next, shown in the empty state. */
  readonly empty?: ReactNode;
  /** What is shown is of the new inputs already, and only coarse: it is not dimmed. */
  readonly fresh?: boolean;
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
  /** Further tables beside `csv`, for Excel, JSON and paper. */
  readonly sheets?: (() => readonly NamedTable[]) | undefined;
  /** Document about what the panel computes, e.g. `validation`: its section of `workstation` leads there. */
  readonly help?: string;
  readonly menu?: readonly PanelMenuItem[];
  readonly children?: ReactNode;
}

/** One list for good, so that the menu is not drawn with every answer. */
const noItems: readonly PanelMenuItem[] = [];

/** Describes every panel under its id. */
const panelDocument = "workstation";

/** What every panel has around its content: marks, four states, progress, menu, and where its numbers come from. */
export function PanelFrame(props: PanelFrameProps) {
  const { panel, state, failure, marks = [], provenance, csv, sheets, menu = noItems, jobId } = props;
  const instance = usePanelInstance(panel);
  const title = instanceTitle(props.title, instance);
  const heading = useId();
  const busy = state === "loading";
  const shown = props.children !== undefined && state !== "empty";
  const isDimmed = useDimmed(busy && shown && props.fresh !== true);
  const body = useRef<HTMLDivElement>(null);
  useLowMarks(body);
  const [figures] = useState<PanelFigures>(() => new Set());
  const [unsaved, setUnsaved] = useState<Failure>();
  const actions = usePanelActions({ panel, instance, title, csv, sheets, marks, onFailure: setUnsaved }, figures);
  return (
    <section
      className={styles.frame}
      data-panel={instance}
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
        <LinkChip panel={instance} />
        <Marks marks={marks} />
        <PanelMenu
          {...{ panel: instance, title, actions }}
          items={menu}
          enabled={(csv !== undefined || sheets !== undefined || figures.size > 0) && shown}
          help={`${panelDocument}#${panel}`}
          method={props.help}
        />
      </header>
      {state === "error" && failure && (
        <FailureBanner failure={failure} onRetry={props.onRetry} remedies={props.remedies} />
      )}
      {state === "error" && props.children && provenance && (
        <output className={styles.notice}>
          The numbers below are the last result: {provenance.portfolio}, {provenance.methodology} {provenance.version}.
        </output>
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
      {unsaved && <FailureBanner failure={unsaved} onRetry={undefined} />}
      <div ref={body} className={styles.body} data-dimmed={isDimmed}>
        <PanelFiguresContext value={figures}>
          {shown ? props.children : state !== "error" && !busy && <div className={styles.empty}>{props.empty}</div>}
        </PanelFiguresContext>
      </div>
      {busy && <WorkProgress progress={props.progress} jobId={jobId} overlay={!shown} />}
      {provenance && <Provenance {...provenance} />}
    </section>
  );
}
