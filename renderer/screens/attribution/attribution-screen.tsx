import { Select } from "@mantine/core";
import { Segments } from "../../app/segments.tsx";
import { usePanelState } from "../../state/panel-instance.ts";
import { useSession } from "../../state/session.ts";
import { GroupView } from "./group-view.tsx";
import { ResultView } from "./result-view.tsx";
import { groupKinds, kindOf, type SplitChoice, useSplitChoices } from "./split-choices.ts";
import { type SplitView, splitViews } from "./split-view.ts";

/** Where the requirement comes from: parts of the margin result, or of the book by groups of its positions. */
export default function AttributionScreen() {
  const [view, setView] = usePanelState<SplitView>("view", "waterfall");
  const [accountId, setAccount] = usePanelState<string | undefined>("account", undefined);
  const [choiceId, setChoice] = usePanelState<string | undefined>("choice", undefined);
  const accounts = useSession((s) => s.result?.accounts);
  const account = accounts?.find(({ id }) => id === accountId) ?? accounts?.[0];
  const ofResult = useSplitChoices(account?.id);
  const kind = kindOf(choiceId);
  const chosen = kind === undefined ? (ofResult.find(({ id }) => id === choiceId) ?? ofResult[0]) : undefined;
  const toolbar = (
    <>
      {kind === undefined && (accounts?.length ?? 0) > 1 && (
        <Select
          size="xs"
          w={110}
          aria-label="Account"
          allowDeselect={false}
          data={accounts?.map(({ id }) => ({ value: id, label: id })) ?? []}
          value={account?.id ?? null}
          onChange={(id) => setAccount(id ?? undefined)}
        />
      )}
      {accounts !== undefined && (
        <Select
          size="xs"
          w={300}
          aria-label="What is split, and how"
          allowDeselect={false}
          data={[
            ...(ofResult.length > 0 ? [{ group: "The margin result", items: ofResult.map(itemOf) }] : []),
            { group: "The requirement, by groups of positions", items: groupKinds.map(itemOf) },
          ]}
          value={choiceId ?? chosen?.id ?? null}
          onChange={(id) => setChoice(id ?? undefined)}
        />
      )}
      <Segments label="View" options={splitViews} value={view} onChange={setView} />
    </>
  );
  return kind === undefined ? (
    <ResultView chosen={chosen} view={view} onView={setView} toolbar={toolbar} onGroups={setChoice} />
  ) : (
    <GroupView kind={kind} view={view} onView={setView} toolbar={toolbar} />
  );
}

const itemOf = ({ id, title }: SplitChoice) => ({ value: id, label: title });
