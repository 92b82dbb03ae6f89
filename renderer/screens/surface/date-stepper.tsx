import { Button, Group, Slider, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { daysText } from "../../figures/words.ts";

interface DateStepperProps {
  /** Days that have passed, ascending. */
  readonly days: readonly number[];
  readonly day: number;
  readonly onDay: (day: number) => void;
}

const stepMs = 900;

/** Steps through the dates of a surface, by hand or by itself. */
export function DateStepper({ days, day, onDay }: DateStepperProps) {
  const [playing, setPlaying] = useState(false);
  const last = days.length - 1;
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      if (day >= last) setPlaying(false);
      else onDay(day + 1);
    }, stepMs);
    return () => clearTimeout(timer);
  }, [playing, day, last, onDay]);
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  return (
    <Group gap={6} wrap="nowrap" role="group" aria-label="Date">
      <Button
        size="compact-xs"
        variant="default"
        disabled={day === 0}
        onClick={() => onDay(day - 1)}
        aria-keyshortcuts="["
      >
        ◂ Earlier
      </Button>
      <Slider
        size="xs"
        w={110}
        min={0}
        max={last}
        step={1}
        label={null}
        thumbLabel="Date of the surface"
        value={day}
        onChange={onDay}
      />
      <Button
        size="compact-xs"
        variant="default"
        disabled={day === last}
        onClick={() => onDay(day + 1)}
        aria-keyshortcuts="]"
      >
        Later ▸
      </Button>
      {!still && (
        <Button
          size="compact-xs"
          variant="default"
          aria-pressed={playing}
          onClick={() => {
            if (!playing && day === last) onDay(0);
            setPlaying(!playing);
          }}
        >
          {playing ? "Stop" : "Play"}
        </Button>
      )}
      <Text size="xs" aria-live="polite" style={{ whiteSpace: "nowrap" }}>
        {daysText(days[day] ?? 0)}
      </Text>
    </Group>
  );
}
