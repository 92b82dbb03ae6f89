import { describeJourney } from "./journey.ts";
import { launchElectron } from "./launch.ts";

describeJourney("electron", launchElectron);
