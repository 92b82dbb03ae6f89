import { Button, Checkbox, NumberInput, Select } from "@mantine/core";
import { useEffect } from "react";
import { FigureBody } from "../../app/figure-body.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { HedgingBands, Insurance } from "../../client/insurance.ts";
import { themeInk } from "../../figures/figure.ts";
import {
  floorFigure,
  floorTable,
  frontierFigure,
  frontierTable,
  proportionFigure,
  proportionTable,
} from "../../figures/insurance-figure.ts";
import { figureCsv } from "../../grids/figure-grid.tsx";
import { type InsuranceFigures, type InsuranceKind, useInsurance, useInsurancePanel } from "../../state/insurance.ts";
import { usePanelState } from "../../state/panel-instance.ts";
import { useThemeName } from "../../state/preferences.ts";
import { session } from "../../state/session.ts";
import { useWork } from "../../state/work.ts";
import styles from "./insurance.module.css";
import { bandsWords, heldWords, proportionWords } from "./insurance-words.ts";

const kinds: readonly { readonly value: InsuranceKind; readonly label: string }[] = [
  { value: "protective-put", label: "Protective put" },
  { value: "collar", label: "Collar at no cost" },
  { value: "option-based", label: "All wealth with puts" },
  { value: "cppi", label: "Constant proportion" },
  { value: "tipp", label: "Ratcheted floor" },
  { value: "bands", label: "Delta-hedge rules" },
];

interface Field {
  readonly name: keyof InsuranceFigures;
  readonly label: string;
  readonly suffix?: string;
  /** Shown figure per stored one. */
  readonly scale: number;
  readonly most: number;
  readonly kinds?: readonly InsuranceKind[];
}

const insured = kinds.map(({ value }) => value).filter((value) => value !== "bands");
const fields: readonly Field[] = [
  { name: "spot", label: "Price", suffix: " USD", scale: 1, most: 1e9 },
  { name: "volatility", label: "Volatility", suffix: " %", scale: 100, most: 10 },
  { name: "days", label: "Days", scale: 1, most: 3650 },
  { name: "quantity", label: "Quantity", scale: 1, most: 1e9, kinds: insured },
  { name: "floor", label: "Floor", suffix: " %", scale: 100, most: 2, kinds: insured },
  { name: "multiple", label: "Multiple", scale: 1, most: 100, kinds: ["cppi", "tipp"] },
  { name: "cost", label: "Cost of trading", suffix: " %", scale: 100, most: 0.5, kinds: ["bands"] },
];

export default function InsuranceScreen() {
  const { store, insuranceWork, bandsWork } = useInsurancePanel();
  const kind = useInsurance((s) => s.kind);
  const figures = useInsurance((s) => s);
  const insurance = useWork(insuranceWork, (s) => s.value);
  const bands = useWork(bandsWork, (s) => s.value);
  const { choose, compute, followSession } = store.getState();
  const ofInsurance = useWorkFrame(insuranceWork, () => void compute());
  const ofBands = useWorkFrame(bandsWork, () => void compute());
  useEffect(() => {
    followSession();
    return session.subscribe((now, before) => {
      if (now.result !== before.result) followSession();
    });
  }, [followSession]);
  const isBands = kind === "bands";
  const shown = isBands ? bands : insurance?.kind === kind ? insurance : undefined;
  return (
    <PanelFrame
      panel="insurance"
      title="Insurance"
      help="hedging"
      {...(isBands ? ofBands : ofInsurance)}
      empty={
        <div className={styles.start}>
          <p>
            A floor under a holding: by puts, by a collar at no cost, or by a rule of trading; and how wide to leave a
            delta hedge alone.
          </p>
          <Button size="sm" onClick={() => void compute()}>
            Insure
          </Button>
        </div>
      }
      csv={shown && (() => figureCsv(tableOf(shown)))}
      toolbar={
        <>
          <Select
            size="xs"
            w={170}
            aria-label="Strategy"
            allowDeselect={false}
            data={[...kinds]}
            value={kind}
            onChange={(value) => choose({ kind: kinds.find((one) => one.value === value)?.value ?? kind })}
          />
          {fields
            .filter((field) => field.kinds === undefined || field.kinds.includes(kind))
            .map(({ name, label, suffix = "", scale, most }) => (
              <NumberInput
                key={name}
                size="xs"
                w={label.length * 6.5 + 100}
                aria-label={label}
                title={label}
                leftSection={<span className={styles.name}>{label}</span>}
                leftSectionWidth={label.length * 6.5 + 18}
                suffix={suffix}
                thousandSeparator=","
                hideControls
                value={Number((figures[name] * scale).toPrecision(8))}
                onChange={(value) => {
                  const next = Number(value) / scale;
                  if (typeof value === "number" && next > 0 && next <= most && next !== figures[name])
                    choose({ [name]: next });
                }}
              />
            ))}
          {kind === "protective-put" && (
            <Checkbox
              size="xs"
              label="paid in coin"
              checked={figures.inCoin}
              onChange={(event) => choose({ inCoin: event.currentTarget.checked })}
            />
          )}
          <Button size="compact-xs" variant="default" onClick={() => void compute()}>
            Compute
          </Button>
        </>
      }
    >
      {shown && <Answer answer={shown} />}
    </PanelFrame>
  );
}

type Shown = Insurance | HedgingBands;

function tableOf(answer: Shown) {
  if ("outcomes" in answer) return frontierTable(answer);
  return "chart" in answer ? floorTable(answer) : proportionTable(answer);
}

function Answer({ answer }: { readonly answer: Shown }) {
  const theme = useThemeName();
  const [asTable, setTable] = usePanelState("asTable", false);
  const ink = themeInk(theme);
  const [kind, figure, words] =
    "outcomes" in answer
      ? (["frontier", frontierFigure(answer, ink), bandsWords(answer)] as const)
      : "chart" in answer
        ? (["floor", floorFigure(answer, ink), heldWords(answer)] as const)
        : (["proportion", proportionFigure(answer, ink), proportionWords(answer)] as const);
  return (
    <FigureBody
      kind={kind}
      figure={figure}
      table={tableOf(answer)}
      asTable={asTable}
      onTable={setTable}
      label={kind === "frontier" ? "Cost against error of hedging rules" : "Worth with and without protection"}
      words={words}
    />
  );
}
