import { useState } from "react";
import type { StressSetSummary } from "../../client/stress.ts";
import { FilterInput } from "../../grids/filter-input.tsx";
import { isEdited, stressSetsStore, useStressSets } from "../../state/stress-sets.ts";
import styles from "./scenarios.module.css";

const groups = [
  { place: "shipped", title: "Shipped" },
  { place: "library", title: "Own" },
] as const;

/** Sets by where they come from; arrows move, Enter opens. */
export function SetList() {
  const sets = useStressSets((s) => s.sets);
  const stored = useStressSets((s) => s.stored);
  const unsaved = useStressSets((s) => s.draft !== undefined && s.stored === undefined);
  const [filter, setFilter] = useState("");
  const found = sets.filter((set) => matches(set, filter));
  const isVenue = stored?.place === "venue";
  return (
    <nav className={styles.sets} aria-label="Sets of scenarios">
      <FilterInput label="Filter sets" value={filter} onChange={setFilter} />
      {groups.map(({ place, title }) => {
        const own = found.filter((set) => set.place === place);
        return (
          <section key={place}>
            <h3>{title}</h3>
            {own.length === 0 && <p className="muted">{filter === "" ? "none yet" : "none matches"}</p>}
            <ul>
              {own.map((set) => (
                <SetItem key={set.id} set={set} open={stored?.id === set.id} />
              ))}
              {place === "library" && unsaved && (
                <li>
                  <span className={styles.item} data-open="true">
                    New set *
                  </span>
                </li>
              )}
            </ul>
          </section>
        );
      })}
      <section>
        <h3>Venue</h3>
        <button
          type="button"
          className={styles.item}
          data-open={isVenue}
          onClick={() => void stressSetsStore.getState().openVenue()}
        >
          {isVenue ? stored.name : "Scenarios of the method"}
          <small>read only, of the session's method</small>
        </button>
      </section>
    </nav>
  );
}

function SetItem({ set, open }: { readonly set: StressSetSummary; readonly open: boolean }) {
  const edited = useStressSets((s) => open && isEdited(s));
  const { id, name, scenarios, approval, version, readOnly, tags } = set;
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        data-open={open}
        aria-current={open}
        onClick={() => void stressSetsStore.getState().open(id)}
      >
        {name}
        {edited && " *"}
        <small>
          {scenarios === 1 ? "1 scenario" : `${scenarios} scenarios`} ·{" "}
          {readOnly ? "read only" : `${approval}, v${version}`}
          {tags.length > 0 && ` · ${tags.join(", ")}`}
        </small>
      </button>
    </li>
  );
}

function matches({ name, owner, tags, approval }: StressSetSummary, filter: string): boolean {
  const text = `${name} ${owner} ${approval} ${tags.join(" ")}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
