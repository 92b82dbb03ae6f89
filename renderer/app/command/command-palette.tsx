import { useSpotlight } from "@mantine/spotlight";
import { useEffect, useMemo, useRef, useState } from "react";
import { useLibrary } from "../../state/library.ts";
import { stressSetsStore } from "../../state/stress-sets.ts";
import { allSections, type Section } from "../help/documents.ts";
import { useShortcutBindings } from "./bindings.ts";
import { findGroups } from "./find-groups.ts";
import { Finder } from "./finder.tsx";
import { marketEntries } from "./market-entries.ts";
import { paletteGroups } from "./palette-groups.ts";
import type { Entry } from "./palette-search.ts";
import { findStore, paletteStore } from "./palette-store.ts";

/** Everything that can be done or opened, by name. */
export function CommandPalette() {
  const bindings = useShortcutBindings();
  const { opened } = useSpotlight(paletteStore);
  useEffect(() => {
    if (opened) void stressSetsStore.getState().refresh();
  }, [opened]);
  // Made anew each time it opens, so that lists are those of now.
  const [market, setMarket] = useState<readonly Entry[]>([]);
  const groups = useMemo(
    () =>
      opened
        ? [...paletteGroups(bindings), { title: "Instruments of the market", prefix: "+", entries: () => market }]
        : [],
    [opened, bindings, market],
  );
  const latest = useRef(0);
  const lookUp = (query: string): void => {
    latest.current += 1;
    const asked = latest.current;
    void marketEntries(query).then((entries) => {
      if (asked === latest.current) setMarket(entries);
    });
  };
  return (
    <Finder
      store={paletteStore}
      groups={groups}
      onQuery={lookUp}
      label="Find a command"
      placeholder="Actions, panels, books, runs, instruments, parameters"
    />
  );
}

/** Everything that is written anywhere: rows of open panels, parameters, runs, documents. */
export function FindEverywhere() {
  const { opened } = useSpotlight(findStore);
  const methodologies = useLibrary((s) => s.methodologies);
  const [sections, setSections] = useState<readonly Section[]>([]);
  useEffect(() => {
    if (opened && methodologies.length > 0) void allSections().then(setSections);
  }, [opened, methodologies]);
  const groups = useMemo(() => (opened ? findGroups(sections) : []), [opened, sections]);
  return (
    <Finder
      store={findStore}
      groups={groups}
      label="Find everywhere"
      placeholder="Find in rows of open panels, parameters, runs and documents"
      whenEmpty="Type what to look for: an instrument, a parameter, a word of a document"
    />
  );
}
