import { Tooltip } from "@mantine/core";
import styles from "./marks.module.css";

export type MarkKind = "override" | "approx" | "partial" | "stale" | "synthetic" | "unsupported" | "coarse" | "edited";

/** A word that a number is never shown without: made under an override, estimated, partial. */
export interface Mark {
  readonly kind: MarkKind;
  readonly text: string;
  /** The whole story, shown on hover and focus. */
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
};

export function Marks({ marks }: { readonly marks: readonly Mark[] }) {
  if (marks.length === 0) return null;
  return (
    <ul className={styles.marks} aria-label="Marks">
      {marks.map((mark) => (
        <MarkChip key={mark.kind} mark={mark} />
      ))}
    </ul>
  );
}

function MarkChip({ mark }: { readonly mark: Mark }) {
  const chip = (
    <li className={styles.mark} data-mark={mark.kind} {...(mark.detail && { tabIndex: 0 })}>
      <span aria-hidden="true">{symbols[mark.kind]}</span> {mark.text}
    </li>
  );
  if (!mark.detail) return chip;
  return (
    <Tooltip label={mark.detail} multiline maw={420} events={{ hover: true, focus: true, touch: true }}>
      {chip}
    </Tooltip>
  );
}
