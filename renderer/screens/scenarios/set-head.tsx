import { Button, Menu, Select, TextInput } from "@mantine/core";
import { useState } from "react";
import { formatInstant } from "../../../core/base/format.ts";
import type { ApprovalState, StressSet } from "../../client/stress.ts";
import { isEdited, stressSetsStore, useStressSets } from "../../state/stress-sets.ts";
import styles from "./scenarios.module.css";

const approvals: readonly ApprovalState[] = ["draft", "proposed", "approved", "retired"];

/** What the open set is: name, owner, tags, approval, version; and what can be done with it as a whole. */
export function SetHead({ draft }: { readonly draft: StressSet }) {
  const stored = useStressSets((s) => s.stored);
  const edited = useStressSets(isEdited);
  const problems = useStressSets((s) => s.problems.length);
  const { edit, save, discard, copy, setApproval } = stressSetsStore.getState();
  const readOnly = stored?.readOnly === true;
  return (
    <div className={styles.head}>
      <div className={styles.line}>
        <TextInput
          size="xs"
          w={230}
          aria-label="Name of the set"
          value={draft.name}
          onChange={({ currentTarget: { value } }) =>
            edit("name of the set", (set) => ({ ...set, name: value }), { typed: true })
          }
        />
        <TextInput
          size="xs"
          w={120}
          aria-label="Owner"
          placeholder="Owner"
          value={draft.owner}
          onChange={({ currentTarget: { value } }) =>
            edit("owner of the set", (set) => ({ ...set, owner: value }), { typed: true })
          }
        />
        <Tags key={draft.tags.join(" ")} tags={draft.tags} />
      </div>
      <div className={styles.line}>
        {stored?.place === "library" ? (
          <Select
            size="xs"
            w={112}
            aria-label="Approval"
            allowDeselect={false}
            disabled={edited}
            data={[...approvals]}
            value={stored.approval}
            onChange={(value) => {
              const chosen = approvals.find((known) => known === value);
              if (chosen && chosen !== stored.approval) void setApproval(chosen);
            }}
          />
        ) : (
          <span className={styles.chip}>{readOnly ? "read only" : "not saved"}</span>
        )}
        {stored?.place === "library" && <Versions />}
        {edited ? (
          <>
            <Button size="compact-xs" disabled={problems > 0} onClick={() => void save()}>
              {readOnly ? "Save as a copy" : "Save"}
            </Button>
            {stored && (
              <Button size="compact-xs" variant="default" onClick={discard}>
                Discard changes
              </Button>
            )}
            <span className={styles.edited}>
              {readOnly ? `Edited copy of "${stored.name}" *` : "Edited *"}
              {problems > 0 && ` · ${problems === 1 ? "1 problem" : `${problems} problems`}, cannot be saved`}
            </span>
          </>
        ) : (
          stored && (
            <Button size="compact-xs" variant="default" onClick={() => void copy()}>
              {readOnly ? "Copy to edit" : "Copy"}
            </Button>
          )
        )}
        <span className={styles.provenance} title={draft.description}>
          {[draft.description, draft.provenance].filter((text) => text !== "").join(" · ")}
        </span>
      </div>
    </div>
  );
}

/** Written as words with commas between them; taken when the field is left. */
function Tags({ tags }: { readonly tags: readonly string[] }) {
  const [text, setText] = useState(tags.join(", "));
  const take = (): void => {
    const wanted = [...new Set(text.split(",").map((tag) => tag.trim()))].filter((tag) => tag !== "");
    if (wanted.join(",") !== tags.join(","))
      stressSetsStore.getState().edit("tags of the set", (set) => ({ ...set, tags: wanted }));
  };
  return (
    <TextInput
      size="xs"
      w={150}
      aria-label="Tags"
      placeholder="Tags, with commas"
      value={text}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onBlur={take}
      onKeyDown={({ key }) => key === "Enter" && take()}
    />
  );
}

/** Earlier versions, to look at or to make the current one again. */
function Versions() {
  const stored = useStressSets((s) => s.stored);
  const versions = useStressSets((s) => s.versions);
  const { loadVersions, open, restore } = stressSetsStore.getState();
  const newest = versions.find(({ current }) => current)?.number;
  const looking = stored !== undefined && newest !== undefined && stored.version !== newest;
  return (
    <>
      <Menu position="bottom-end" withinPortal shadow="md" onOpen={() => void loadVersions()}>
        <Menu.Target>
          <Button size="compact-xs" variant="default" rightSection="▾">
            Version {stored?.version}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {versions.map((version) => (
            <Menu.Item
              key={version.number}
              disabled={version.number === stored?.version}
              onClick={() => stored && void open(stored.id, version.current ? undefined : version.number)}
            >
              {version.number}: {version.change}, {formatInstant(version.savedAtMs)}
              {version.current ? " · current" : ""}
              {version.note === "" ? "" : ` · ${version.note}`}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {looking && (
        <Button size="compact-xs" onClick={() => void restore(stored.version)}>
          Restore version {stored.version}
        </Button>
      )}
    </>
  );
}
