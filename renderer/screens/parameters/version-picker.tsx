import { Select } from "@mantine/core";
import { DayField } from "../../app/day-field.tsx";
import type { MethodologyDetail, ResolvedRules, RulesChoice } from "../../client/types.ts";

interface VersionPickerProps {
  readonly detail: MethodologyDetail | undefined;
  readonly rules: ResolvedRules;
  readonly choice: RulesChoice | undefined;
  readonly onChoose: (choice: RulesChoice | undefined) => void;
}

const marketDay = "market-day";

/** Which version of the rules: in force on the day of the market, on another day, or by name. */
export function VersionPicker({ detail, rules, choice, onChoose }: VersionPickerProps) {
  const versions = detail?.versions ?? [];
  const day = choice && "date" in choice ? choice.date : "";
  const name = choice && "name" in choice ? choice.name : undefined;
  return (
    <>
      <Select
        size="xs"
        w={250}
        aria-label="Version of the rules"
        allowDeselect={false}
        data={[
          { value: marketDay, label: `On the market's day: ${rules.version}` },
          ...(day === "" ? [] : [{ value: "day", label: `On ${day}: ${rules.version}` }]),
          ...versions.map((version) => ({
            value: `name ${version.name}`,
            label: `${version.name}, ${version.byNameOnly ? "by name only" : `from ${version.effectiveFrom}`}`,
          })),
        ]}
        value={name === undefined ? (day === "" ? marketDay : "day") : `name ${name}`}
        onChange={(value) => {
          if (value === marketDay || value === null) onChoose(undefined);
          else if (value.startsWith("name ")) onChoose({ name: value.slice(5) });
        }}
      />
      <DayField
        width={128}
        name="Rules in force on this day"
        day={day}
        onDay={(date) => onChoose(date === "" ? undefined : { date })}
      />
    </>
  );
}
