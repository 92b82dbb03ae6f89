import { layoutStore } from "../../state/layout.ts";
import { saveFile } from "../download.ts";

/** Hands out the active layout as a JSON file. */
export function exportLayout(): void {
  const file = layoutStore.getState().exportFile();
  if (!file) return;
  const name = file.name.replaceAll(/[^A-Za-z0-9.-]+/g, "-");
  saveFile(`marginscope_layout_${name}.json`, file.text, "application/json");
}

/** Asks for a layout file and shows what is in it. */
export function chooseLayoutFile(): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ".json,application/json";
  input.addEventListener("change", () => {
    void input.files?.[0]?.text().then((text) => layoutStore.getState().importFile(text));
  });
  input.click();
}
