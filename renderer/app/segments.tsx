import { SegmentedControl } from "@mantine/core";

interface SegmentsProps<Value extends string> {
  /** Names the choice to assistive technology. */
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly disabled?: boolean }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few values, all in sight. */
export function Segments<Value extends string>({ label, options, value, onChange }: SegmentsProps<Value>) {
  return <SegmentedControl<Value> size="xs" aria-label={label} data={[...options]} value={value} onChange={onChange} />;
}
