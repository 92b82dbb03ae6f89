export { type KinkKind, type KinkState, kinkKinds, kinkStates } from "./kink-states.ts";
export { type Kink, type KinkAxis, type KinkDirection, type KinkSettings, nextKinks } from "./next-kinks.ts";
export { type KinkDistance, type KinkDistanceRun, runKinkDistance } from "./run-kink-distance.ts";
