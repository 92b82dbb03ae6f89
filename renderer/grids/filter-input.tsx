import { TextInput } from "@mantine/core";
import { Icon } from "../app/icon.tsx";

interface FilterInputProps {
  /** What is filtered: `Filter positions`. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Text filter of a panel; Mod+F finds it, Esc empties it. */
export function FilterInput({ label, value, onChange }: FilterInputProps) {
  return (
    <TextInput
      size="xs"
      w={180}
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      leftSection={<Icon name="search" size={13} />}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || value === "") return;
        event.stopPropagation();
        onChange("");
      }}
    />
  );
}
