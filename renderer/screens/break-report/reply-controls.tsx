import { Button, FileButton, Select } from "@mantine/core";
import { useState } from "react";
import { Segments } from "../../app/segments.tsx";
import { isDesktop, openFilesNatively } from "../../client/shell.ts";
import type { RulesChoice } from "../../client/types.ts";
import { type Basis, breakReportStore, useBreakReport } from "../../state/break-report.ts";
import { useLibrary } from "../../state/library.ts";
import { useMethodology } from "../parameters/use-methodology.ts";
import styles from "./break-report.module.css";

/** Bytes of chosen or dropped files, as the engine takes them. */
export async function takeReply(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const read = await Promise.all(
    files.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
  );
  await breakReportStore.getState().take(read);
}

export function ChooseReply({ first }: { readonly first: boolean }) {
  const words = first ? "Choose the venue's reply" : "Another reply";
  const [problem, setProblem] = useState<string>();
  const choose = async (): Promise<void> => {
    const files = await openFilesNatively();
    setProblem(typeof files === "string" ? files : undefined);
    if (typeof files === "object") await takeReply(files);
  };
  const look = { size: first ? "sm" : "compact-xs", variant: first ? "filled" : "default" } as const;
  if (isDesktop()) {
    return (
      <>
        <Button {...look} onClick={() => void choose()}>
          {words}
        </Button>
        {problem !== undefined && <span role="alert">{problem}</span>}
      </>
    );
  }
  return (
    <FileButton multiple accept=".json,.gz,application/json" onChange={(files) => void takeReply(files)}>
      {(props) => (
        <Button {...props} {...look}>
          {words}
        </Button>
      )}
    </FileButton>
  );
}

const asReply = "reply";

/** What the reply is compared with: method, rules, and whose positions and prices. */
export function ReplyControls() {
  const statement = useBreakReport((s) => s.statement);
  const methodology = useBreakReport((s) => s.methodology);
  const rules = useBreakReport((s) => s.rules);
  const positions = useBreakReport((s) => s.positions);
  const prices = useBreakReport((s) => s.prices);
  const choose = useBreakReport((s) => s.choose);
  const compare = useBreakReport((s) => s.compare);
  const methodologies = useLibrary((s) => s.methodologies);
  const stated = statement?.methodologies[0];
  const { detail } = useMethodology(methodology ?? stated);
  const title = methodologies.find(({ id }) => id === stated)?.title ?? stated;
  const change: typeof choose = (next) => {
    choose(next);
    void compare();
  };
  return (
    <div className={styles.controls}>
      <Select
        size="xs"
        w={230}
        aria-label="Method to compare with"
        allowDeselect={false}
        data={[
          { value: asReply, label: title === undefined ? "The reply names no method" : `As the reply: ${title}` },
          ...methodologies.map(({ id, title: label }) => ({ value: `id ${id}`, label })),
        ]}
        value={methodology === undefined ? asReply : `id ${methodology}`}
        onChange={(value) =>
          change({
            methodology: value === null || value === asReply ? undefined : value.slice(3),
            rules: undefined,
          })
        }
      />
      <Select
        size="xs"
        w={200}
        aria-label="Version of the rules"
        allowDeselect={false}
        data={[
          { value: "day", label: "Rules on the market's day" },
          ...(detail?.versions ?? []).map(({ name, effectiveFrom }) => ({
            value: `name ${name}`,
            label: `${name}, from ${effectiveFrom}`,
          })),
        ]}
        value={nameOf(rules) === undefined ? "day" : `name ${nameOf(rules)}`}
        onChange={(value) =>
          change({ rules: value === null || value === "day" ? undefined : { name: value.slice(5) } })
        }
      />
      <BasisControl
        label="Positions"
        value={positions}
        hasReply={(statement?.positions?.length ?? 0) > 0}
        onChange={(value) => change({ positions: value })}
      />
      <BasisControl
        label="Prices"
        value={prices}
        hasReply={(statement?.quotes.length ?? 0) + (statement?.indices.length ?? 0) > 0}
        onChange={(value) => change({ prices: value })}
      />
    </div>
  );
}

interface BasisControlProps {
  readonly label: string;
  readonly value: Basis;
  readonly hasReply: boolean;
  readonly onChange: (value: Basis) => void;
}

function BasisControl({ label, value, hasReply, onChange }: BasisControlProps) {
  return (
    <span className={styles.basis}>
      <span aria-hidden="true">{label}</span>
      <Segments
        label={`${label} of`}
        options={[
          { value: "reply", label: "Reply", disabled: !hasReply },
          { value: "session", label: "Workspace" },
        ]}
        value={value}
        onChange={onChange}
      />
    </span>
  );
}

function nameOf(rules: RulesChoice | undefined): string | undefined {
  return rules && "name" in rules ? rules.name : undefined;
}
