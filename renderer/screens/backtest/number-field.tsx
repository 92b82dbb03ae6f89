import { NumberInput } from "@mantine/core";
import { useState } from "react";

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  /** Whole numbers only. */
  readonly whole?: boolean;
  readonly suffix?: string;
  readonly onChange: (value: number) => void;
}

/** A number with bounds: what is out of them stays in the field, marked, and changes nothing. */
export function NumberField({ label, value, least, most, whole = false, suffix, onChange }: NumberFieldProps) {
  const [typed, setTyped] = useState<string | number>();
  const shown = typed ?? value;
  const isGood = (candidate: unknown): candidate is number =>
    typeof candidate === "number" && candidate >= least && candidate <= most && (!whole || Number.isInteger(candidate));
  return (
    <NumberInput
      size="xs"
      w={118}
      label={label}
      hideControls
      {...(suffix !== undefined && { suffix })}
      value={shown}
      error={isGood(shown) ? undefined : `${least} to ${most}`}
      onChange={(next) => {
        setTyped(next);
        if (isGood(next)) onChange(next);
      }}
      onBlur={() => isGood(shown) && setTyped(undefined)}
    />
  );
}
