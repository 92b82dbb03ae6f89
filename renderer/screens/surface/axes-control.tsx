import {
  Button,
  Group,
  NumberInput,
  Popover,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  Text,
  TextInput,
} from "@mantine/core";
import { memo, useMemo, useState } from "react";
import { formatPercent } from "../../../core/base/format.ts";
import type { SurfaceAxes } from "../../client/types.ts";
import { useSession } from "../../state/session.ts";
import { type AxesFields, axesOf, fieldsOf, rowName } from "./axes-form.ts";

interface AxesControlProps {
  readonly axes: SurfaceAxes;
  readonly onApply: (axes: SurfaceAxes) => void;
  readonly rangeFixed: boolean;
  readonly onFixRange: (fixed: boolean) => void;
}

/** Range and number of shocks, in a small form behind one button. */
export const AxesControl = memo(function AxesControl({ axes, onApply, rangeFixed, onFixRange }: AxesControlProps) {
  const [opened, setOpened] = useState(false);
  const [fields, setFields] = useState<AxesFields>(() => fieldsOf(axes));
  const answer = axesOf(fields);
  const inPoints = { skew: true, term: true }[fields.vertical] ?? fields.volatilityMode === "absolute";
  const suffix = inPoints && !fields.vertical.startsWith("price:") ? " pts" : " %";
  const row = rowName(fields);
  const underlyings = useUnderlyings();
  const field = (
    name: Exclude<keyof AxesFields, "volatilityMode" | "vertical" | "underlying" | "days">,
    label: string,
    unit?: string,
  ) => (
    <NumberInput
      size="xs"
      w={104}
      label={label}
      {...(unit !== undefined && { suffix: unit })}
      hideControls
      value={fields[name]}
      onChange={(value) => setFields({ ...fields, [name]: value })}
    />
  );
  const toggle = (open: boolean): void => {
    if (open) setFields(fieldsOf(axes));
    setOpened(open);
  };
  return (
    <Popover opened={opened} onChange={toggle} position="bottom-start" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <Button size="compact-xs" variant="default" onClick={() => toggle(!opened)} aria-expanded={opened}>
          {axesText(axes)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Shocks of the surface">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!answer.ok) return;
            onApply(answer.axes);
            setOpened(false);
          }}
        >
          <Stack gap={8}>
            <Group gap={8} wrap="nowrap">
              <Select
                size="xs"
                w={164}
                label="Rows move"
                allowDeselect={false}
                comboboxProps={{ withinPortal: false }}
                data={[
                  { value: "volatility", label: "Volatility" },
                  { value: "skew", label: "Skew" },
                  { value: "term", label: "Term structure" },
                  ...underlyings.map((one) => ({ value: `price:${one}`, label: `Price of ${one}` })),
                ]}
                value={fields.vertical}
                onChange={(vertical) => setFields({ ...fields, vertical: vertical ?? "volatility" })}
              />
              <Select
                size="xs"
                w={164}
                label="Columns move the price of"
                allowDeselect={false}
                comboboxProps={{ withinPortal: false }}
                data={[
                  { value: "", label: fields.vertical.startsWith("price:") ? "All others" : "All" },
                  ...underlyings.map((one) => ({ value: one, label: `${one} alone` })),
                ]}
                value={fields.underlying}
                onChange={(underlying) => setFields({ ...fields, underlying: underlying ?? "" })}
              />
            </Group>
            <Group gap={8} wrap="nowrap">
              {field("priceFrom", "Price from", " %")}
              {field("priceTo", "Price to", " %")}
              {field("priceCount", "Points")}
            </Group>
            <Group gap={8} wrap="nowrap">
              {field("volatilityFrom", `${row} from`, suffix)}
              {field("volatilityTo", `${row} to`, suffix)}
              {field("volatilityCount", "Points")}
            </Group>
            <TextInput
              size="xs"
              label="Days that pass"
              placeholder="none; several make a surface each: 0, 7, 30"
              value={fields.days}
              onChange={(event) => setFields({ ...fields, days: event.currentTarget.value })}
            />
            <SegmentedControl
              size="xs"
              aria-label="Volatility shocks"
              disabled={fields.vertical !== "volatility"}
              data={[
                { value: "relative", label: "Relative" },
                { value: "absolute", label: "Volatility points" },
              ]}
              value={fields.volatilityMode}
              onChange={(mode) =>
                setFields({ ...fields, volatilityMode: mode === "absolute" ? "absolute" : "relative" })
              }
            />
            <Switch
              size="xs"
              label="Keep height and colours for comparing"
              checked={rangeFixed}
              onChange={(event) => onFixRange(event.currentTarget.checked)}
            />
            {!answer.ok && (
              <Text size="xs" c="var(--danger)" role="alert">
                {answer.problem}
              </Text>
            )}
            <Button type="submit" size="xs" disabled={!answer.ok}>
              Recalculate surface
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
});

/** Underlyings of the book. */
function useUnderlyings(): readonly string[] {
  const positions = useSession((s) => s.result?.positions);
  return useMemo(() => [...new Set(positions?.map(({ underlying }) => underlying) ?? [])].sort(), [positions]);
}

function axesText(axes: SurfaceAxes): string {
  const { price, volatility, volatilityMode, underlying, days } = axes;
  const range = (axis: { from: number; to: number } | undefined): string =>
    axis ? `${formatPercent(axis.from, whole)} to ${formatPercent(axis.to, whole)}` : "";
  const size = `${price?.count ?? 41} × ${volatility?.count ?? 41}`;
  const { vertical } = fieldsOf(axes);
  const row = vertical === "volatility" ? "vol" : rowName({ vertical });
  const inPoints =
    vertical === "skew" || vertical === "term" || (vertical === "volatility" && volatilityMode === "absolute");
  const dates = days === undefined ? "" : `, ${days.length === 1 ? `after ${days[0]} d` : `${days.length} dates`}`;
  const column = underlying === undefined ? "Price" : `Price of ${underlying}`;
  return `${column} ${range(price)} %, ${row} ${range(volatility)} ${inPoints ? "pts" : "%"}, ${size}${dates}`;
}

const whole = { decimals: 0, signed: true, unit: "" };
