import { Tooltip } from "@mantine/core";
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
  set: "✐",
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

/** Goes to the remarks of the result, where the whole story stands. */
function MarkChip({ mark }: { readonly mark: Mark }) {
  const { kind, text, detail } = mark;
  return (
    <li>
      <Tooltip
        label={detail ? `${text}: ${detail}` : text}
        multiline
        maw={420}
        events={{ hover: true, focus: true, touch: true }}
      >
        <button type="button" className={styles.mark} data-mark={kind} onClick={() => openPanel("summary")}>
          <span aria-hidden="true">{symbols[kind]}</span> <span className={styles.text}>{text}</span>
        </button>
      </Tooltip>
    </li>
  );
}
