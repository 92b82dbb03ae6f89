import { Button, FileButton } from "@mantine/core";
import { isDesktop, openFilesNatively } from "../../client/shell.ts";

interface ChooseFilesProps {
  /** Nothing is chosen yet: the main button of the dialog. */
  readonly first: boolean;
  readonly onChosen: (files: readonly File[]) => void;
}

const accepted = ".json,.jsonl,.csv,.txt,.gz,application/json,text/csv";

/** The native dialog where there is one (it remembers its folder), else the browser's. */
export function ChooseFiles({ first, onChosen }: ChooseFilesProps) {
  const variant = first ? "filled" : "default";
  const choose = async (): Promise<void> => {
    const files = await openFilesNatively();
    if (files && files.length > 0) onChosen(files);
  };
  if (isDesktop()) {
    return (
      <Button variant={variant} onClick={() => void choose()}>
        Choose files
      </Button>
    );
  }
  return (
    <FileButton multiple onChange={onChosen} accept={accepted}>
      {(props) => (
        <Button {...props} variant={variant}>
          Choose files
        </Button>
      )}
    </FileButton>
  );
}
