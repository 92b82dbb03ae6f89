import type { Failure } from "./types.ts";

/** A file with the path it came from, as the desktop shell hands it over. */
interface GivenFile {
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type OpenedFiles =
  | { readonly ok: true; readonly value: readonly GivenFile[] }
  | { readonly ok: false; readonly failure: { readonly reason: string; readonly message: string } };

type ShellRequest =
  | { readonly kind: "command"; readonly id: string }
  | { readonly kind: "files"; readonly files: readonly GivenFile[] };

interface PrintRequest {
  /** Offered name of the file. */
  readonly name: string;
  readonly title: string;
  /** Words at the foot of every page. */
  readonly footer: string;
  readonly paper: "A4" | "Letter";
  /** Turned by a table that is wider than it is high; default: not. */
  readonly landscape?: boolean;
}

type PrintAnswer =
  | { readonly ok: true; readonly value: { readonly path?: string } }
  | { readonly ok: false; readonly failure: Failure };

/** What the preload script adds in an Electron window; absent in a browser. */
interface ShellBridge {
  readonly openFiles: () => Promise<OpenedFiles>;
  readonly openRecent: (path: string) => Promise<OpenedFiles>;
  readonly pathOf: (file: File) => string;
  readonly printPdf: (request: PrintRequest) => Promise<PrintAnswer>;
  readonly onRequest: (listener: (request: ShellRequest) => void) => () => void;
}

declare global {
  interface Window {
    readonly shell?: ShellBridge;
  }
}

const paths = new WeakMap<File, string>();

/** Obeys the menu and the command line: `run` gets ids of commands, `take` gets files. Does nothing in a browser. */
export function followShell(run: (commandId: string) => void, take: (files: readonly File[]) => void): void {
  window.shell?.onRequest((request) => {
    if (request.kind === "command") run(request.id);
    else take(request.files.map(asFile));
  });
}

/** Files through the native dialog; a message when they cannot be read; `undefined` in a browser, where the page has its own dialog. */
export async function openFilesNatively(): Promise<readonly File[] | string | undefined> {
  const answer = await window.shell?.openFiles();
  return answer && (answer.ok ? answer.value.map(asFile) : answer.failure.message);
}

/** The page as it shows on paper, as a PDF; `browser` where the page itself has to open a dialog. */
export async function printPdf(request: PrintRequest): Promise<"browser" | "done" | Failure> {
  const answer = await window.shell?.printPdf(request);
  if (!answer) return "browser";
  return answer.ok ? "done" : answer.failure;
}

/** A recent file again; a message when it is gone. */
export async function openRecentFile(path: string): Promise<readonly File[] | string> {
  const answer = await window.shell?.openRecent(path);
  if (!answer) return "Recent files can be opened in the desktop window only.";
  return answer.ok ? answer.value.map(asFile) : answer.failure.message;
}

/** Where a file lies on the disk, when the shell knows. */
export function pathOfFile(file: File): string | undefined {
  const path = paths.get(file) ?? window.shell?.pathOf(file);
  return path === "" ? undefined : path;
}

export const isDesktop = (): boolean => window.shell !== undefined;

function asFile({ name, path, bytes }: GivenFile): File {
  const file = new File([bytes], name);
  paths.set(file, path);
  return file;
}
