export declare const root: string;
export declare function pinnedNode(): string;
export declare function ensureBuilt(say: (line: string) => void, part?: "core" | "all"): void;
