import { Select } from "@mantine/core";
import { useId } from "react";
import { flatOptions, foundOptions, type PickerOption } from "./picker-options.ts";
import styles from "./pickers.module.css";

interface PickerProps {
  readonly label: string;
  readonly value: string | null;
  /** Options, or groups of options. */
  readonly data: readonly PickerOption[];
  readonly width: number;
  readonly onPick: (value: string) => void;
  /** Value -> a line below its label. */
  readonly notes?: ReadonlyMap<string, string>;
}

/** One choice of the top bar; searchable when there is much to choose from. */
export function Picker({ label, value, data, width, onPick, notes }: PickerProps) {
  const id = useId();
  const options = flatOptions(data);
  const chosenLabel = options.find((option) => option.value === value)?.label;
  return (
    <div className={styles.picker} style={{ width }}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <Select
        id={id}
        size="xs"
        data={data.map((option) => ("group" in option ? { ...option, items: [...option.items] } : option))}
        value={value}
        title={chosenLabel}
        allowDeselect={false}
        // A dialog that closes gives the focus back: that is no wish to choose.
        openOnFocus={false}
        rightSectionWidth={22}
        searchable={options.length > 8}
        selectFirstOptionOnChange
        nothingFoundMessage="Nothing found"
        maxDropdownHeight={360}
        // The field holds the chosen label until something is typed: that is no search.
        filter={({ search }) => mutable(foundOptions(data, search === chosenLabel ? "" : search, value))}
        onChange={(picked) => picked !== null && onPick(picked)}
        comboboxProps={{ width: Math.max(300, width), position: "bottom-start", shadow: "md" }}
        classNames={{ root: styles.root ?? "", input: styles.input ?? "" }}
        renderOption={({ option }) => (
          <div className={styles.option}>
            <span>{option.label}</span>
            {notes?.get(option.value) !== undefined && <span className={styles.note}>{notes.get(option.value)}</span>}
          </div>
        )}
      />
    </div>
  );
}

function mutable(options: readonly PickerOption[]) {
  return options.map((option) => ("group" in option ? { ...option, items: [...option.items] } : option));
}
