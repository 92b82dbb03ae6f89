import { notifications } from "@mantine/notifications";
import { openStoredRun } from "../../state/stored-run.ts";

/** Takes up a stored run; why it could not be is said in passing. */
export async function openRun(id: string): Promise<void> {
  const failure = await openStoredRun(id);
  if (failure) notifications.show({ message: failure.message, color: "red", autoClose: 10_000 });
}
