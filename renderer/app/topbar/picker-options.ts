import type { ComboboxItem } from "@mantine/core";

export interface OptionGroup {
  readonly group: string;
  readonly items: readonly ComboboxItem[];
}

export type PickerOption = ComboboxItem | OptionGroup;

/** Options shown of one group at a time; the others are found by typing. */
const shownOfGroup = 30;

/**
 * What a list shows for a search: every option whose label or group has all of its words; of a long group the first ones and how many
 * more there are. The chosen option is always among them.
 */
export function foundOptions(options: readonly PickerOption[], search: string, chosen: string | null): PickerOption[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
  return options.flatMap((option): PickerOption[] => {
    if (!("group" in option)) return matches(option.label) ? [option] : [];
    const found = option.items.filter(({ label }) => matches(`${option.group} ${label}`));
    if (found.length === 0) return [];
    const shown = found.filter(({ value }, place) => place < shownOfGroup || value === chosen);
    const hidden = found.length - shown.length;
    const more = { value: `more of ${option.group}`, label: `and ${hidden} more: type to find`, disabled: true };
    return [{ group: option.group, items: hidden > 0 ? [...shown, more] : shown }];
  });
}

/** Every option, out of its group. */
export function flatOptions(options: readonly PickerOption[]): ComboboxItem[] {
  return options.flatMap((option) => ("group" in option ? [...option.items] : [option]));
}
