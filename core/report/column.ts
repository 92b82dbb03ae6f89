import type { ReportColumn } from "./report-document.ts";

/** A column of words, standing left. */
export const text = (title: string): ReportColumn => ({ title, kind: "text" });

/** A column of figures, standing right. */
export const number = (title: string): ReportColumn => ({ title, kind: "number" });
