import { Button, Popover } from "@mantine/core";
import { memo } from "react";
import { openPanel } from "../state/layout.ts";
import styles from "./marks.module.css";

export type MarkKind =
  | "override"
  | "approx"
  | "partial"
  | "stale"
  | "synthetic"
  | "unsupported"
  | "coarse"
  | "edited"
  | "set";

/** A word that a number is never shown without: made under an override, estimated, partial. */
export interface Mark {
  readonly kind: MarkKind;
  readonly text: string;
  /** The whole story; remarks are joined by ` · ` and listed one a line. */
  readonly detail?: string;
}

const symbols: Readonly<Record<MarkKind, string>> = {
  override: "✎",
  approx: "≈",
  partial: "◔",
  stale: "⟳",
  synthetic: "◇",
  unsupported: "✕",
  coarse: "▦",
  edited: "±",
  set: "✐",
};

export function Marks({ marks }: { readonly marks: readonly Mark[] }) {
  if (marks.length === 0) return null;
  return (
    <ul className={styles.marks} aria-label="Marks">
      {marks.map((mark) => (
        <MarkChip key={mark.kind} {...mark} />
      ))}
    </ul>
  );
}

/** Opens what stands behind the mark, one remark a line; Esc or a click elsewhere closes it. */
const MarkChip = memo(function MarkChip({ kind, text, detail }: Mark) {
  const remarks = detail === undefined ? [] : detail.split(" · ");
  return (
    <li>
      <Popover shadow="md" width={420} withinPortal trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={styles.mark} data-mark={kind} title={remarks[0] ?? text}>
            <span aria-hidden="true">{symbols[kind]}</span> <span className={styles.text}>{text}</span>
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={`Why: ${text}`}>
          <strong>{text}</strong>
          {remarks.length > 0 && (
            <ul className={styles.remarks}>
              {remarks.map((remark) => (
                <li key={remark}>{remark}</li>
              ))}
            </ul>
          )}
          <Button size="compact-xs" variant="default" onClick={() => openPanel("summary")}>
            Show the summary
          </Button>
        </Popover.Dropdown>
      </Popover>
    </li>
  );
});
