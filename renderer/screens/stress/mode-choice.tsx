import { NumberInput } from "@mantine/core";
import { Segments } from "../../app/segments.tsx";
import type { StressMode } from "../../client/stress.ts";

const modes: readonly { readonly value: StressMode; readonly label: string }[] = [
  { value: "instant", label: "Instant" },
  { value: "path", label: "Path" },
  { value: "scaled", label: "Scaled" },
];

interface ModeChoiceProps {
  readonly label?: string;
  readonly mode: StressMode;
  /** k of the mode `scaled`. */
  readonly scale: number;
  readonly onMode: (mode: StressMode) => void;
  readonly onScale: (scale: number) => void;
}

/** How scenarios are gone through: at once, along their paths, or each shock several times itself. */
export function ModeChoice({ label = "Mode", mode, scale, onMode, onScale }: ModeChoiceProps) {
  return (
    <>
      <Segments label={label} options={modes} value={mode} onChange={onMode} />
      {mode === "scaled" && (
        <NumberInput
          size="xs"
          w={84}
          aria-label="Each shock this many times"
          prefix="× "
          min={0.25}
          max={3}
          step={0.25}
          value={scale}
          onChange={(value) => typeof value === "number" && value >= 0.25 && value <= 3 && onScale(value)}
        />
      )}
    </>
  );
}
