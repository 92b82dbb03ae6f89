import { Spotlight, type SpotlightStore, useSpotlight } from "@mantine/spotlight";
import { useEffect, useMemo, useState } from "react";
import { Icon } from "../icon.tsx";
import styles from "./finder.module.css";
import { keyCaps } from "./keys.ts";
import { type Entry, type EntryGroup, searched } from "./palette-search.ts";

interface FinderProps {
  readonly store: SpotlightStore;
  readonly groups: readonly EntryGroup[];
  /** Accessible name of the search field. */
  readonly label: string;
  readonly placeholder: string;
  /** Told what is typed, to ask for more than is here. */
  readonly onQuery?: (query: string) => void;
  /** What is shown while nothing is typed; default the same as any query finds. */
  readonly whenEmpty?: string;
}

/** A search field over many groups of things with the best of each below; arrows and Enter choose. */
export function Finder({ store, groups, label, placeholder, onQuery, whenEmpty }: FinderProps) {
  const { opened } = useSpotlight(store);
  const [query, setQuery] = useState("");
  const silent = whenEmpty !== undefined && query.trim() === "";
  const found = useMemo(() => (opened && !silent ? searched(groups, query) : []), [opened, silent, groups, query]);
  // What comes after the query was typed, such as documents that had to be read, has no selected entry yet: Enter takes the first.
  useEffect(() => {
    const list = found.length === 0 ? null : document.getElementById(store.getState().listId);
    const first = list?.querySelector("[data-selected]") ? null : list?.querySelector("[data-action]");
    if (!first) return;
    first.setAttribute("data-selected", "true");
    store.setState((state) => ({ ...state, selected: 0 }));
  }, [found, store]);
  const prefixes = groups.filter(({ prefix }) => prefix !== undefined);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={(typed) => {
        setQuery(typed);
        onQuery?.(typed);
      }}
      shortcut={null}
      maxHeight={460}
      scrollable
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
    >
      <Spotlight.Search leftSection={<Icon name="search" />} placeholder={placeholder} aria-label={label} />
      {found.length > 0 && (
        <Spotlight.ActionsList>
          {found.map(({ title, entries, more }) => (
            <Spotlight.ActionsGroup key={title} label={more > 0 ? `${title} (${more} more: type on)` : title}>
              {entries.map((entry) => (
                <Found key={entry.id} entry={entry} />
              ))}
            </Spotlight.ActionsGroup>
          ))}
        </Spotlight.ActionsList>
      )}
      {found.length === 0 && <Spotlight.Empty>{silent ? whenEmpty : "Nothing found"}</Spotlight.Empty>}
      {prefixes.length > 0 && (
        <Spotlight.Footer className={styles.footer ?? ""}>
          {prefixes.map(({ prefix, title }) => (
            <span key={title}>
              <kbd>{prefix}</kbd> {title.toLowerCase()}
            </span>
          ))}
        </Spotlight.Footer>
      )}
    </Spotlight.Root>
  );
}

function Found({ entry: { label, description, keys, run } }: { readonly entry: Entry }) {
  return (
    <Spotlight.Action onClick={run}>
      <span className={styles.found}>
        <span className={styles.label}>{label}</span>
        {description !== undefined && description !== "" && <span className={styles.description}>{description}</span>}
      </span>
      {keys !== undefined && <kbd>{keyCaps(keys).join(" ")}</kbd>}
    </Spotlight.Action>
  );
}
