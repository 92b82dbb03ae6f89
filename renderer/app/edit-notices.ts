import { notifications } from "@mantine/notifications";
import { undoStore } from "../state/undo.ts";

let shown = "";

/** Says what an undo or redo changed: it may stand in a panel that is not to be seen. The last word replaces the one before. */
export function followEdits(): void {
  undoStore.subscribe(({ said }) => {
    if (shown !== "") notifications.hide(shown);
    shown = said === "" ? "" : notifications.show({ message: said, color: "accent", autoClose: 3000 });
  });
}
