import { Button, Group, NumberInput, Popover, SegmentedControl, Stack, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { formatPercent } from "../../../core/base/format.ts";
import type { SurfaceAxes } from "../../client/types.ts";
import { type AxesFields, axesOf, fieldsOf } from "./axes-form.ts";

interface AxesControlProps {
  readonly axes: SurfaceAxes;
  readonly onApply: (axes: SurfaceAxes) => void;
  readonly rangeFixed: boolean;
  readonly onFixRange: (fixed: boolean) => void;
}

/** Range and number of shocks, in a small form behind one button. */
export function AxesControl({ axes, onApply, rangeFixed, onFixRange }: AxesControlProps) {
  const [opened, setOpened] = useState(false);
  const [fields, setFields] = useState<AxesFields>(() => fieldsOf(axes));
  const answer = axesOf(fields);
  const suffix = fields.volatilityMode === "relative" ? " %" : " pts";
  const field = (name: Exclude<keyof AxesFields, "volatilityMode">, label: string, unit?: string) => (
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
              {field("priceFrom", "Price from", " %")}
              {field("priceTo", "Price to", " %")}
              {field("priceCount", "Points")}
            </Group>
            <Group gap={8} wrap="nowrap">
              {field("volatilityFrom", "Volatility from", suffix)}
              {field("volatilityTo", "Volatility to", suffix)}
              {field("volatilityCount", "Points")}
            </Group>
            <SegmentedControl
              size="xs"
              aria-label="Volatility shocks"
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
}

function axesText({ price, volatility, volatilityMode }: SurfaceAxes): string {
  const range = (axis: { from: number; to: number } | undefined): string =>
    axis ? `${formatPercent(axis.from, whole)} to ${formatPercent(axis.to, whole)}` : "";
  const size = `${price?.count ?? 41} × ${volatility?.count ?? 41}`;
  return `Price ${range(price)} %, vol ${range(volatility)} ${volatilityMode === "absolute" ? "pts" : "%"}, ${size}`;
}

const whole = { decimals: 0, signed: true, unit: "" };
