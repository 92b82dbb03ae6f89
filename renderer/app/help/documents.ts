import { call } from "../../client/index.ts";
import { libraryStore } from "../../state/library.ts";
import { headingAnchor, headingWords } from "./heading-anchor.ts";

export interface DocumentName {
  readonly id: string;
  readonly label: string;
}

/** Documents about the whole program, in the order of the buttons. */
export const generalDocuments: readonly DocumentName[] = [
  { id: "workstation", label: "Panels" },
  { id: "glossary", label: "Glossary" },
  { id: "formats", label: "Files" },
  { id: "engine", label: "Engine" },
  { id: "surfaces", label: "Surfaces" },
  { id: "what-if", label: "What-if" },
  { id: "hedging", label: "Hedging" },
  { id: "attribution", label: "Attribution" },
  { id: "stress", label: "Stress" },
  { id: "scenario-library", label: "Scenarios" },
  { id: "backtest", label: "Back-tests" },
  { id: "validation", label: "Validation" },
  { id: "history", label: "Histories" },
  { id: "netting-benefit", label: "Netting" },
  { id: "mixed-books", label: "Mixed books" },
  { id: "american-options", label: "American options" },
];

/** All documents: general ones, and that of every method. */
export function allDocumentNames(): readonly DocumentName[] {
  const { methodologies } = libraryStore.getState();
  return [...generalDocuments, ...methodologies.map(({ id, title }) => ({ id: `methodology/${id}`, label: title }))];
}

/** One heading of a document with what stands below it. */
export interface Section {
  readonly document: DocumentName;
  readonly heading: string;
  /** As `openHelp` takes it. */
  readonly anchor: string;
  readonly text: string;
}

const read = new Map<string, readonly Section[]>();

/** Every section of every document; documents ship with the program and are read once. */
export async function allSections(): Promise<readonly Section[]> {
  const sections = await Promise.all(
    allDocumentNames().map(async (document) => {
      const known = read.get(document.id);
      if (known) return known;
      const answer = await call("document.get", { id: document.id });
      const found = answer.ok ? sectionsOf(document, answer.value.markdown) : [];
      if (answer.ok) read.set(document.id, found);
      return found;
    }),
  );
  return sections.flat();
}

/** A document cut at its headings. */
export function sectionsOf(document: DocumentName, markdown: string): readonly Section[] {
  return markdown
    .split(/^(?=#{1,6} )/m)
    .filter((part) => part.startsWith("#"))
    .map((part) => {
      const [first = "", ...rest] = part.split("\n");
      const heading = first.replace(/^#+ /, "").replaceAll(/[`*]/g, "");
      return {
        document,
        heading: headingWords(heading),
        anchor: headingAnchor(heading).replace(/^section-/, ""),
        text: rest.join(" "),
      };
    });
}
