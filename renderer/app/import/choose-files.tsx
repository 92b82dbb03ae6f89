import { Button, FileButton } from "@mantine/core";
import { useState } from "react";
import { isDesktop, openFilesNatively } from "../../client/shell.ts";

interface ChooseFilesProps {
  /** Nothing is chosen yet: the main button of the dialog. */
  readonly first: boolean;
  readonly onChosen: (files: readonly File[]) => void;
  readonly label?: string;
  /** `compact-xs` in a panel. */
  readonly size?: string;
}

const accepted = ".json,.jsonl,.csv,.txt,.gz,application/json,text/csv";

/** The native dialog where there is one (it remembers its folder), else the browser's. */
export function ChooseFiles({ first, onChosen, label = "Choose files", size = "sm" }: ChooseFilesProps) {
  const variant = first ? "filled" : "default";
  const [problem, setProblem] = useState<string>();
  const choose = async (): Promise<void> => {
    const files = await openFilesNatively();
    setProblem(typeof files === "string" ? files : undefined);
    if (typeof files === "object" && files.length > 0) onChosen(files);
  };
  if (isDesktop()) {
    return (
      <>
        <Button variant={variant} size={size} onClick={() => void choose()}>
          {label}
        </Button>
        {problem !== undefined && <span role="alert">{problem}</span>}
      </>
    );
  }
  return (
    <FileButton multiple onChange={onChosen} accept={accepted}>
      {(props) => (
        <Button {...props} variant={variant} size={size}>
          {label}
        </Button>
      )}
    </FileButton>
  );
}
