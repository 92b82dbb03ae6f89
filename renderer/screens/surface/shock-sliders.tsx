import { Group, Slider, Text } from "@mantine/core";
import { memo } from "react";
import type { SurfaceAxes } from "../../client/types.ts";
import { fieldsOf, rowName } from "./axes-form.ts";

interface ShockSlidersProps {
  readonly axes: SurfaceAxes;
  readonly onChange: (axes: SurfaceAxes) => void;
}

const widths = { min: 5, max: 90, step: 5 } as const;

/** Width of both axes, the same to either side: the surface follows while a slider is dragged. */
export const ShockSliders = memo(function ShockSliders({ axes, onChange }: ShockSlidersProps) {
  const slider = (axis: "price" | "volatility", label: string, unit: string) => {
    const { from = -0.5, to = 0.5, count = 41 } = axes[axis] ?? {};
    const percent = Math.round(100 * Math.max(-from, to));
    return (
      <Group gap={6} wrap="nowrap">
        <Text size="xs" c="dimmed">
          {label} ±{percent} {unit}
        </Text>
        <Slider
          size="xs"
          w={120}
          {...widths}
          label={null}
          thumbLabel={`${label} range`}
          value={percent}
          onChange={(value) => {
            if (value !== percent) onChange({ ...axes, [axis]: { from: -value / 100, to: value / 100, count } });
          }}
        />
      </Group>
    );
  };
  const fields = fieldsOf(axes);
  const inPoints =
    { skew: true, term: true }[fields.vertical] ??
    (fields.vertical === "volatility" && axes.volatilityMode === "absolute");
  return (
    <Group gap={14} wrap="nowrap">
      {slider("price", "Price", "%")}
      {slider("volatility", rowName(fields), inPoints ? "pts" : "%")}
    </Group>
  );
});
