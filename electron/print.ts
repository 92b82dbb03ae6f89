import { writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { BrowserWindow, dialog, ipcMain } from "electron";
import { remembered } from "./remembered.ts";
import { isFromOurPage } from "./sender.ts";

/** What the page asks to be printed: itself, as it shows on paper. */
interface PrintRequest {
  /** Offered name of the file. */
  readonly name: string;
  readonly title: string;
  /** Words at the foot of every page. */
  readonly footer: string;
  readonly paper: "A4" | "Letter";
  readonly landscape: boolean;
}

type Printed =
  | { readonly ok: true; readonly value: { readonly path?: string } }
  | { readonly ok: false; readonly failure: { readonly reason: string; readonly message: string } };

/** Printing to PDF on request of the page: the user says where, and nothing else is taken from the page but words. */
export function servePrinting(userData: string): void {
  const folder = remembered(userData, "folder", (value) => (typeof value === "string" ? value : undefined));

  ipcMain.handle("shell:print-pdf", async (event, given: unknown): Promise<Printed> => {
    const window = BrowserWindow.fromWebContents(event.sender);
    const request = parseRequest(given);
    if (!isFromOurPage(event) || window === null) return refused("unsupported", "unknown sender");
    if (request === undefined)
      return refused("invalid-input", "expected name, title, footer, paper A4 or Letter, and landscape or not");
    const { name, title, footer, paper, landscape } = request;
    const { filePath, canceled } = await dialog.showSaveDialog(window, {
      title: `Print ${title}`,
      defaultPath: join(folder.get() ?? homedir(), basename(name)),
      filters: [{ name: "PDF", extensions: ["pdf"] }],
    });
    if (canceled || filePath === undefined || filePath === "") return { ok: true, value: {} };
    folder.set(dirname(filePath));
    try {
      const pdf = await event.sender.printToPDF({
        pageSize: paper,
        landscape,
        printBackground: true,
        displayHeaderFooter: true,
        headerTemplate: "<span></span>",
        footerTemplate: footerTemplate(footer),
        margins: { top: 0.55, bottom: 0.7, left: 0.5, right: 0.5 },
        generateTaggedPDF: true,
        generateDocumentOutline: true,
      });
      await writeFile(filePath, pdf);
      return { ok: true, value: { path: filePath } };
    } catch (error) {
      return refused("internal", `${filePath} was not written: ${error instanceof Error ? error.message : error}`);
    }
  });
}

/** `undefined` for anything but short texts and a known paper. */
export function parseRequest(given: unknown): PrintRequest | undefined {
  if (typeof given !== "object" || given === null) return undefined;
  const { name, title, footer, paper, landscape = false, ...others } = given as Record<string, unknown>;
  const texts = [name, title, footer].every((text) => typeof text === "string" && text !== "" && text.length <= 500);
  if (!texts || Object.keys(others).length > 0 || (paper !== "A4" && paper !== "Letter")) return undefined;
  if (!/^[\w.-]+\.pdf$/.test(String(name)) || typeof landscape !== "boolean") return undefined;
  return { name: String(name), title: String(title), footer: String(footer), paper, landscape };
}

function footerTemplate(words: string): string {
  return `<div style="width:100%;margin:0 12mm;font:7.5px sans-serif;color:#444;display:flex;justify-content:space-between"><span>${escaped(words)}</span><span><span class="pageNumber"></span> of <span class="totalPages"></span></span></div>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function refused(reason: string, message: string): Printed {
  return { ok: false, failure: { reason, message } };
}
