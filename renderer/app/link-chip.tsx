import { useLinks } from "../state/links.ts";
import styles from "./link-chip.module.css";

/** The letter of a panel's link group; colour only repeats it. */
export function LinkChip({ panel }: { readonly panel: string }) {
  const group = useLinks(({ groups }) => groups[panel]);
  if (group === undefined) return null;
  return (
    <span
      className={styles.chip}
      data-link={group}
      title={`Shares its selection with the panels of link group ${group}`}
    >
      <span className="visually-hidden">Link group </span>
      {group}
    </span>
  );
}
