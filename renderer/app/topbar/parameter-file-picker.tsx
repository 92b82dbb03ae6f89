import { formatInstant } from "../../../core/base/format.ts";
import { useLibrary } from "../../state/library.ts";
import { useSession } from "../../state/session.ts";
import { Picker } from "./picker.tsx";

const none = "none:";
const byParameterFile = "span-array";

/** A clearing house's arrays and tables. Shown where there are some, or where the method needs one. */
export function ParameterFilePicker() {
  const chosen = useSession((s) => s.parameterFile);
  const choose = useSession((s) => s.chooseParameterFile);
  const needed = useSession((s) => s.methodology === byParameterFile);
  const stored = useLibrary((s) => s.parameterFiles);
  if (stored.length === 0 && !needed && !chosen) return null;
  const data = [{ value: none, label: "None" }, ...stored.map(({ id, name }) => ({ value: id, label: name }))];
  const notes = stored.map(({ id, note, savedAtMs }) => [id, `${note} · saved ${formatInstant(savedAtMs)}`] as const);
  const pick = (id: string): void => {
    const found = stored.find((entry) => entry.id === id);
    choose(found && { id: found.id, name: found.name });
  };
  return (
    <Picker
      label="Parameter file"
      data={data}
      notes={new Map([...notes, [none, "methods by arrays need one"]])}
      value={chosen?.id ?? none}
      onPick={pick}
      width={140}
    />
  );
}
