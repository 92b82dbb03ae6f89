/** Something that is found by its name. */
export interface Entry {
  /** Unique in all groups. */
  readonly id: string;
  readonly label: string;
  readonly description?: string | undefined;
  /** Found by these too, not shown. */
  readonly keywords?: string | undefined;
  /** Key combination, shown on the right. */
  readonly keys?: string | undefined;
  readonly run: () => void;
}

export interface EntryGroup {
  readonly title: string;
  /** What is typed first to search this group alone, e.g. `@`. */
  readonly prefix?: string;
  /** Asked only while the user looks; may be many thousands. */
  readonly entries: () => readonly Entry[];
}

export interface FoundGroup {
  readonly title: string;
  readonly entries: readonly Entry[];
  /** Matches that are not shown. */
  readonly more: number;
}

/** Entries shown of one group, and of a group that is searched alone. */
const shownOfGroup = 7;
const shownAlone = 40;

/**
 * What a query finds, the best of each group first. Words may stand in any order; a name that begins with the query comes before one that
 * holds it, and that before one whose description does.
 *
 * @param groups in the order they are shown
 * @param query  as typed; a prefix of a group searches that group alone
 */
export function searched(groups: readonly EntryGroup[], query: string): readonly FoundGroup[] {
  const typed = query.trim().toLowerCase();
  const alone = groups.find(({ prefix }) => prefix !== undefined && typed.startsWith(prefix));
  const words = (alone?.prefix === undefined ? typed : typed.slice(alone.prefix.length)).split(/\s+/).filter(Boolean);
  const most = alone ? shownAlone : shownOfGroup;
  return (alone ? [alone] : groups).flatMap(({ title, entries }) => {
    const found = bestOf(entries(), words, most);
    return found.entries.length === 0 ? [] : [{ title, ...found }];
  });
}

/** Ranks from best to worst; each keeps the order it was given. */
const ranks = 4;

function bestOf(entries: readonly Entry[], words: readonly string[], most: number): Omit<FoundGroup, "title"> {
  const best: Entry[][] = Array.from({ length: ranks }, () => []);
  let count = 0;
  for (const entry of entries) {
    const rank = rankOf(entry, words);
    if (rank === undefined) continue;
    count += 1;
    const kept = best[rank];
    if (kept && kept.length < most) kept.push(entry);
  }
  const shown = best.flat().slice(0, most);
  return { entries: shown, more: count - shown.length };
}

function rankOf({ label, description = "", keywords = "" }: Entry, words: readonly string[]): number | undefined {
  const [first] = words;
  if (first === undefined) return 0;
  const name = label.toLowerCase();
  if (words.every((word) => name.includes(word))) {
    const whole = words.join(" ");
    if (name.startsWith(whole)) return 0;
    return new RegExp(`(^|[^a-z0-9])${escaped(first)}`).test(name) ? 1 : 2;
  }
  const all = `${name} ${description.toLowerCase()} ${keywords.toLowerCase()}`;
  return words.every((word) => all.includes(word)) ? 3 : undefined;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
