import { useEffect, useState } from "react";
import { workspace } from "../../state/workspace.ts";
import { Icon } from "../icon.tsx";
import styles from "./drop-target.module.css";

/** Files dropped anywhere in the window open the import wizard, except on a panel that takes them itself (`data-drop`). */
export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const holdsFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const onDragOver = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(!isTaken(event));
    };
    const onDragLeave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent): void => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      setOver(false);
      if (isTaken(event)) return;
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) workspace.getState().importFiles(files);
    };
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("dragleave", onDragLeave);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("dragleave", onDragLeave);
      window.removeEventListener("drop", onDrop);
    };
  }, []);
  if (!over) return null;
  return (
    <div className={styles.target} aria-hidden="true">
      <div className={styles.card}>
        <Icon name="import" size={32} />
        <strong>Drop to import</strong>
        <span>positions, markets, histories, parameter files; also gzipped</span>
      </div>
    </div>
  );
}

function isTaken({ target }: DragEvent): boolean {
  return target instanceof Element && target.closest("[data-drop]") !== null;
}
