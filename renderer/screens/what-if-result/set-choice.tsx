import { MultiSelect } from "@mantine/core";
import { memo, useEffect } from "react";
import { stressSetsStore, useStressSets } from "../../state/stress-sets.ts";
import { useWhatIf, whatIfStore } from "../../state/what-if.ts";
import { ModeChoice } from "../stress/mode-choice.tsx";

/** Sets of the library that are asked beside price and volatility. */
export const SetChoice = memo(function SetChoice({ withinPortal = true }: { readonly withinPortal?: boolean }) {
  const known = useStressSets((s) => s.sets);
  const chosen = useWhatIf((s) => s.stress);
  useEffect(() => {
    if (stressSetsStore.getState().sets.length === 0) void stressSetsStore.getState().refresh();
  }, []);
  const data = known.map(({ id, name, scenarios }) => ({ value: id, label: `${name} (${scenarios})` }));
  return (
    <MultiSelect
      size="xs"
      w={360}
      comboboxProps={{ withinPortal }}
      aria-label="Stress sets"
      placeholder={chosen.length === 0 ? "Add stress sets of the library…" : ""}
      data={data}
      value={chosen.filter((id) => known.some((set) => set.id === id))}
      onChange={whatIfStore.getState().setStress}
      searchable
      clearable
      hidePickedOptions
    />
  );
});

/** How the scenarios of the sets are gone through; of a path its worst step leads. */
export function SetMode() {
  const mode = useWhatIf((s) => s.stressMode);
  const scale = useWhatIf((s) => s.stressScale);
  const { setStressMode } = whatIfStore.getState();
  return (
    <ModeChoice
      label="Mode of the stress sets"
      mode={mode}
      scale={scale}
      onMode={(chosen) => setStressMode(chosen, scale)}
      onScale={(times) => setStressMode("scaled", times)}
    />
  );
}
