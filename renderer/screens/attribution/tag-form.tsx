import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import type { AttributionRun } from "../../client/attribution.ts";
import { useAttribution, useAttributionPanel } from "../../state/attribution.ts";
import { useSelection } from "../../state/selection.ts";
import styles from "./attribution.module.css";

/** Gives the selected positions a strategy tag, or takes the user's tags off them. */
export function TagForm({ run }: { readonly run: AttributionRun }) {
  const chosen = useSelection((s) => s.positions);
  const tags = useAttribution((s) => s.tags);
  const [text, setText] = useState("");
  const held = new Set(run.groups.flatMap(({ positions }) => positions as readonly string[]));
  const selected = chosen.filter((id) => held.has(id));
  const tagged = selected.some((id) => tags[id] !== undefined);
  const count = selected.length === 1 ? "1 selected position" : `${selected.length} selected positions`;
  const { tag } = useAttributionPanel().store.getState();
  return (
    <form
      className={styles.tagging}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== "" && selected.length > 0) tag(selected, text.trim());
      }}
    >
      <TextInput
        size="xs"
        aria-label="Tag"
        placeholder="Tag, e.g. Covered calls"
        maxLength={200}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Button size="compact-xs" variant="default" type="submit" disabled={text.trim() === "" || selected.length === 0}>
        Tag {count}
      </Button>
      <Button size="compact-xs" variant="default" disabled={!tagged} onClick={() => tag(selected, "")}>
        Take your tag off
      </Button>
      <span className="muted">
        Select positions in any panel. Your tags stand over those of the import; Save portfolio keeps them.
      </span>
    </form>
  );
}
