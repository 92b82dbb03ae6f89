import { Button, Select } from "@mantine/core";
import { useLibrary } from "../../state/library.ts";
import { type RuleSide, useRuleEffect } from "../../state/rule-effect.ts";
import { useSession } from "../../state/session.ts";
import { useMethodology } from "../parameters/use-methodology.ts";
import styles from "./rule-effect.module.css";

/** Which two versions of which method. */
export function EffectControls() {
  const methodology = useRuleEffect((s) => s.methodology);
  const from = useRuleEffect((s) => s.from);
  const to = useRuleEffect((s) => s.to);
  const choose = useRuleEffect((s) => s.choose);
  const compare = useRuleEffect((s) => s.compare);
  const methodologies = useLibrary((s) => s.methodologies);
  const overridden = useSession((s) => (s.methodology === methodology ? s.overrides.length : 0));
  const { detail } = useMethodology(methodology);
  const versions = (detail?.versions ?? []).map(({ name, effectiveFrom, byNameOnly }) => ({
    value: `name ${name}`,
    label: `${name}, ${byNameOnly ? "by name only" : `from ${effectiveFrom}`}`,
  }));
  const choices =
    overridden === 0
      ? versions
      : [...versions, { value: "current", label: `Rules in use with ${overridden} overrides` }];
  const picker = (label: string, side: RuleSide | undefined, take: (side: RuleSide) => void) => (
    <Select
      size="xs"
      w={230}
      label={label}
      allowDeselect={false}
      data={choices}
      value={side === undefined ? null : "name" in side ? `name ${side.name}` : "current"}
      onChange={(value) => {
        if (value === null) return;
        take(value === "current" ? { current: true } : { name: value.slice(5) });
        void compare();
      }}
    />
  );
  return (
    <div className={styles.controls}>
      <Select
        size="xs"
        w={270}
        label="Method"
        allowDeselect={false}
        data={methodologies.map(({ id, title }) => ({ value: id, label: title }))}
        value={methodology ?? null}
        onChange={(id) => id !== null && choose({ methodology: id, from: undefined, to: undefined })}
      />
      {picker("Earlier rules", from, (side) => choose({ from: side }))}
      {picker("Later rules", to, (side) => choose({ to: side }))}
      <Button size="xs" onClick={() => void compare()} disabled={!from || !to}>
        Compare
      </Button>
    </div>
  );
}
