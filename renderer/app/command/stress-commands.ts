import { dependencePanel } from "../../state/dependence.ts";
import { kinksPanel, kinksStore } from "../../state/kinks.ts";
import { openPanel } from "../../state/layout.ts";
import { type GoalKind, reversePanel, reverseStore } from "../../state/reverse-stress.ts";
import { stressPanel, stressStore } from "../../state/stress.ts";
import { stressSetsStore } from "../../state/stress-sets.ts";
import { openHelp } from "../../state/workspace.ts";
import type { Command } from "./commands.ts";
import { focusedPanel } from "./focused-panel.ts";

const find = (id: string, title: string, goal: GoalKind): Command => ({
  id,
  title,
  group: "Work",
  run: () => {
    openPanel("reverse-stress");
    reverseStore.getState().choose({ goal });
    void reverseStore.getState().find();
  },
});

const replay = (id: string, title: string, event: RegExp): Command => ({
  id,
  title,
  group: "Work",
  run: () => {
    openPanel("stress");
    void stressStore.getState().replay(event);
  },
});

/** Questions of stress by name: each opens its panel and asks. */
export const stressCommands: readonly Command[] = [
  replay("replay-march-2020", "Replay March 2020", /black.thursday/i),
  replay("replay-ftx", "Replay the failure of FTX, November 2022", /ftx/i),
  replay("replay-october-2025", "Replay the liquidations of October 2025", /2025-10/),
  {
    id: "run-stress",
    title: "Run the stress scenarios",
    group: "Work",
    run: () => {
      openPanel("stress");
      void stressStore.getState().run();
    },
  },
  find("find-equity", "Find what exhausts equity", "equity"),
  find("find-maintenance", "Find what triggers maintenance", "maintenance"),
  find("find-call", "Find what triggers a margin call", "initial"),
  {
    id: "next-call",
    title: "Distance to the next call",
    group: "Work",
    run: () => {
      openPanel("kinks");
      void kinksStore.getState().compute();
    },
  },
  {
    id: "dependence",
    title: "Diversification failure: correlations go to one",
    group: "Work",
    run: () => {
      openPanel("dependence");
      void dependencePanel().store.getState().compute();
    },
  },
  {
    id: "scenario-library",
    title: "Scenario library",
    group: "Panels",
    run: () => {
      openPanel("scenarios");
      void stressSetsStore.getState().refresh();
    },
  },
  {
    id: "new-scenario-set",
    title: "New set of scenarios",
    group: "Work",
    run: () => {
      openPanel("scenarios");
      stressSetsStore.getState().create();
    },
  },
  { id: "help-stress", title: "How stress questions are answered", group: "Program", run: () => openHelp("stress") },
];

/** What Recalculate does in the panels of stress, by panel. */
export const stressJobs: Readonly<Record<string, () => void>> = {
  stress: () => void stressPanel(focusedPanel()).store.getState().run(),
  "reverse-stress": () => void reversePanel(focusedPanel()).store.getState().find(),
  kinks: () => void kinksPanel(focusedPanel()).store.getState().compute(),
  dependence: () => void dependencePanel(focusedPanel()).store.getState().compute(),
};
