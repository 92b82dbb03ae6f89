import { describeJourney } from "./journey.ts";
import { launchBrowser } from "./launch.ts";

describeJourney("browser", launchBrowser);
