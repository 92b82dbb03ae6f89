import { notifications } from "@mantine/notifications";
import { formatInstant } from "../../../core/base/format.ts";
import { call } from "../../client/index.ts";
import type { Failure } from "../../client/types.ts";
import { attributionStore } from "../../state/attribution.ts";
import { startJob } from "../../state/jobs.ts";
import { isOwnLayout, layoutStore, useLayout } from "../../state/layout.ts";
import { libraryStore } from "../../state/library.ts";
import { chosenName, requestOf, session } from "../../state/session.ts";
import { NameDialog } from "./name-dialog.tsx";

/** Everything that is saved under a name. */
export function SaveDialogs() {
  const layouts = useLayout((s) => s.names);
  return (
    <>
      <NameDialog
        overlay="save-run"
        title="Save run"
        explanation="Inputs, parameters, overrides, code version and result are kept together; another person can replay them."
        offered={offeredRunName}
        save={saveRun}
      />
      <NameDialog
        overlay="save-layout"
        title="Save layout"
        explanation="Keeps the present arrangement of panels."
        offered={() => ""}
        action={(name) => (layouts.includes(name) ? `Replace layout "${name}"` : "Save layout")}
        save={saveLayout}
      />
      <NameDialog
        overlay="rename-layout"
        title="Rename layout"
        explanation="Layouts that ship with the program keep their names; duplicate one to name your own."
        offered={() => layoutStore.getState().active}
        save={renameLayout}
      />
      <NameDialog
        overlay="save-portfolio"
        title="Save changed portfolio"
        explanation="Saves a copy with the quantities you changed; the portfolio itself stays as it is."
        offered={() => `${chosenName(session.getState().portfolio)}, changed`}
        save={savePortfolio}
      />
      <NameDialog
        overlay="save-overrides"
        title="Save overrides"
        explanation="Saves the values you changed in the rulebook, to apply them again from the library."
        offered={() => `${session.getState().methodology}, overrides`}
        save={saveOverrides}
      />
    </>
  );
}

function offeredRunName(): string {
  const { result } = session.getState();
  return result ? `${result.portfolioName}, ${result.methodology.id}, ${formatInstant(result.asOfMs)}` : "";
}

async function saveRun(name: string): Promise<Failure | undefined> {
  const request = requestOf(session.getState());
  if (!request) return { reason: "missing-data", message: "choose a portfolio and a market first" };
  return done(
    await startJob("run.save", { name, request }, { label: `Save run ${name}` }).result,
    `Saved run “${name}”`,
  );
}

async function saveLayout(name: string): Promise<undefined> {
  layoutStore.getState().saveAs(name);
}

async function renameLayout(name: string): Promise<Failure | undefined> {
  const { active, names, rename } = layoutStore.getState();
  if (!isOwnLayout(active)) {
    return { reason: "not-applicable", message: `"${active}" ships with the program; duplicate it first` };
  }
  if (name !== active && names.includes(name)) {
    return { reason: "conflict", message: `there is a layout "${name}" already` };
  }
  rename(name);
  return undefined;
}

async function savePortfolio(name: string): Promise<Failure | undefined> {
  const { portfolio, edits } = session.getState();
  if (!portfolio || "sample" in portfolio) {
    return { reason: "not-applicable", message: "the sample cannot be saved; import your own portfolio first" };
  }
  const changed = Object.entries(edits).map(([positionId, quantity]) => ({ positionId, quantity }));
  const tags = Object.entries(attributionStore.getState().tags).map(([positionId, tag]) => ({ positionId, tag }));
  const answer = await call("portfolio.edit", { id: portfolio.id, name, edits: changed, tags });
  if (answer.ok) session.getState().choosePortfolio({ id: answer.value.id, name: answer.value.name });
  return done(answer, `Saved portfolio “${name}”`);
}

async function saveOverrides(name: string): Promise<Failure | undefined> {
  const { methodology, overrides } = session.getState();
  if (overrides.length === 0) return { reason: "not-applicable", message: "no value of the rulebook is overridden" };
  const answer = await call("overrides.save", { name, content: { methodology, overrides: [...overrides] } });
  return done(answer, `Saved overrides “${name}”`);
}

/** Tells of a success in passing; the lists are read again. */
function done(
  answer: { readonly ok: true } | { readonly ok: false; readonly failure: Failure },
  words: string,
): Failure | undefined {
  if (!answer.ok) return answer.failure;
  notifications.show({ message: words, color: "accent" });
  void libraryStore.getState().refresh();
  return undefined;
}
