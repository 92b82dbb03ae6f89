import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import sideDetail from "../../app/side-detail.module.css";
import type { ResolvedRules } from "../../client/types.ts";
import { valueText } from "./parameter-columns.ts";
import { type ParameterFigures, type ParameterValue, parsedValue } from "./parameter-rows.ts";
import styles from "./parameters.module.css";

interface ParameterDetailProps {
  readonly figures: ParameterFigures;
  readonly rules: ResolvedRules;
  readonly onOverride: (value: ParameterValue) => void;
  readonly onReset: () => void;
}

/** One parameter: what it means, where it was read, why it is uncertain, and its override. */
export function ParameterDetail({ figures, rules, onOverride, onReset }: ParameterDetailProps) {
  const { pointer, value, published, description, cite, uncertain } = figures;
  const { source, effectiveFrom, version, note, lapsed } = rules;
  return (
    <section className={`${sideDetail.detail} ${styles.detail}`} aria-label={`Parameter ${pointer}`}>
      <h3>
        <code>{pointer}</code>
      </h3>
      {description !== undefined && <p>{description}</p>}
      {value !== undefined && (
        <Override key={pointer} value={value} figures={figures} onOverride={onOverride} onReset={onReset} />
      )}
      {uncertain !== undefined && (
        <p className={styles.uncertain} data-mark="approx">
          <b>Uncertain:</b> {uncertain}
        </p>
      )}
      <dl>
        {published !== undefined && (
          <div>
            <dt>Published</dt>
            <dd>{valueText(published)}</dd>
          </div>
        )}
        <div>
          <dt>Section</dt>
          <dd>{cite ?? "—"}</dd>
        </div>
        <div>
          <dt>Source</dt>
          <dd>
            {source.title}, retrieved {source.retrieved}
            <br />
            <code>{source.url}</code>
          </dd>
        </div>
        <div>
          <dt>Version</dt>
          <dd>
            {version}, in force from {effectiveFrom}
            {lapsed !== undefined && <div role="note">{lapsed}</div>}
          </dd>
        </div>
        {note !== undefined && (
          <div>
            <dt>Note</dt>
            <dd>{note}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

interface OverrideProps extends Pick<ParameterDetailProps, "figures" | "onOverride" | "onReset"> {
  readonly value: ParameterValue;
}

function Override({ value, figures, onOverride, onReset }: OverrideProps) {
  const [text, setText] = useState<string>();
  const shown = text ?? String(value);
  const parsed = parsedValue(shown, value);
  const changed = parsed !== undefined && parsed !== value;
  return (
    <form
      className={styles.override}
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed === undefined || !changed) return;
        onOverride(parsed);
        setText(undefined);
      }}
    >
      <TextInput
        size="xs"
        label="Value"
        value={shown}
        error={parsed === undefined && `expected a ${typeof value}`}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="xs" variant="default" disabled={!changed}>
        Override
      </Button>
      {figures.published !== undefined && (
        <Button size="xs" variant="default" onClick={onReset}>
          Back to published
        </Button>
      )}
    </form>
  );
}
