import { Button, Group, NumberInput, Popover, Select, Stack, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import { daysText } from "../../figures/words.ts";
import { libraryStore, useLibrary } from "../../state/library.ts";
import { chosenName, useSession } from "../../state/session.ts";
import { compareStore, type OtherSide, useCompare } from "../../state/surface-compare.ts";

/** What is different on the second side, in a few words. */
export function otherWords({ methodology, portfolio, market, days }: OtherSide): string {
  const parts = [
    ...(methodology === undefined ? [] : [methodology]),
    ...(portfolio === undefined ? [] : [chosenName(portfolio)]),
    ...(market === undefined ? [] : [`market ${chosenName(market)}`]),
    ...(days === undefined ? [] : [daysText(days)]),
  ];
  return parts.length === 0 ? "the same surface" : parts.join(", ");
}

const same = "";
const sample = "sample";

/** Chooses what the second surface is of: everything left at “as in A” is that of the first panel. */
export function OtherControl() {
  const other = useCompare((s) => s.other);
  const methodologies = useLibrary((s) => s.methodologies);
  const portfolios = useLibrary((s) => s.portfolios);
  const markets = useLibrary((s) => s.markets);
  const own = useSession((s) => s.methodology);
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (libraryStore.getState().methodologies.length === 0) void libraryStore.getState().refresh();
  }, []);
  const change = (next: Partial<Record<keyof OtherSide, unknown>>): void => {
    const merged = Object.entries({ ...other, ...next }).filter(([, value]) => value !== undefined);
    compareStore.getState().setOther(Object.fromEntries(merged) as OtherSide);
  };
  const chosenOf = (value: string | null, known: readonly { readonly id: string; readonly name: string }[]) => {
    if (value === sample) return { sample: true } as const;
    const found = known.find(({ id }) => id === value);
    return found && { id: found.id, name: found.name };
  };
  const keyOf = (chosen: OtherSide["market"]): string =>
    chosen === undefined ? same : "sample" in chosen ? sample : chosen.id;
  const entries = (known: readonly { readonly id: string; readonly name: string }[]) => [
    { value: same, label: "as in A" },
    { value: sample, label: "Sample (synthetic)" },
    ...known.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus withinPortal>
      <Popover.Target>
        <Button size="compact-xs" variant="default" onClick={() => setOpened(!opened)} aria-expanded={opened}>
          B: {otherWords(other)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="The second surface">
        <Stack gap={8} w={280}>
          <Select
            size="xs"
            label="Method"
            searchable
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={[
              { value: same, label: "as in A" },
              ...methodologies.filter(({ id }) => id !== own).map(({ id, title }) => ({ value: id, label: title })),
            ]}
            value={other.methodology ?? same}
            onChange={(value) => change({ methodology: value === same || value === null ? undefined : value })}
          />
          <Select
            size="xs"
            label="Book"
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={entries(portfolios)}
            value={keyOf(other.portfolio)}
            onChange={(value) => change({ portfolio: chosenOf(value, portfolios) })}
          />
          <Select
            size="xs"
            label="Market"
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            data={entries(markets)}
            value={keyOf(other.market)}
            onChange={(value) => change({ market: chosenOf(value, markets) })}
          />
          <NumberInput
            size="xs"
            label="Days that pass"
            placeholder="as in A"
            min={0}
            value={other.days ?? ""}
            onChange={(value) => {
              const days = value === "" ? undefined : Number(value);
              if (days === undefined || (Number.isFinite(days) && days >= 0)) change({ days });
            }}
          />
          <Group justify="space-between">
            <Text size="xs" c="dimmed">
              Shocks are those of the first panel.
            </Text>
            <Button size="compact-xs" variant="default" onClick={() => change(nothing)}>
              Clear
            </Button>
          </Group>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

const nothing = { methodology: undefined, portfolio: undefined, market: undefined, days: undefined };
