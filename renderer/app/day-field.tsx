import { TextInput } from "@mantine/core";
import { useEffect, useState } from "react";
import { isDay } from "./day.ts";

interface DayFieldProps {
  /** `YYYY-MM-DD`, or empty. */
  readonly day: string;
  readonly onDay: (day: string) => void;
  /** A visible label, or else an accessible name. */
  readonly label?: string;
  readonly name?: string;
  readonly width?: number;
}

/** A calendar day as it is written everywhere else, whatever the browser's language; taken with Enter or on leaving. */
export function DayField({ day, onDay, label, name, width }: DayFieldProps) {
  const [text, setText] = useState(day);
  useEffect(() => setText(day), [day]);
  const isRight = text === "" || isDay(text);
  const take = (): void => {
    if (isRight && text !== day) onDay(text);
  };
  return (
    <TextInput
      size="xs"
      {...(label !== undefined && { label })}
      {...(name !== undefined && { "aria-label": name })}
      {...(width !== undefined && { w: width })}
      placeholder="YYYY-MM-DD"
      value={text}
      error={!isRight && "A day is written YYYY-MM-DD"}
      onChange={(event) => setText(event.currentTarget.value.trim())}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") take();
      }}
    />
  );
}
