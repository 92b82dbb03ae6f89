import type { Requirement } from "../client/attribution.ts";
import { Segments } from "./segments.tsx";

const requirements = [
  { value: "initial", label: "Initial" },
  { value: "maintenance", label: "Maintenance" },
] as const;

interface RequirementSegmentsProps {
  readonly value: Requirement;
  readonly onChange: (value: Requirement) => void;
}

/** Which requirement is meant. */
export function RequirementSegments({ value, onChange }: RequirementSegmentsProps) {
  return <Segments label="Requirement" options={requirements} value={value} onChange={onChange} />;
}
