import { Alert, Button, Group } from "@mantine/core";
import type { Failure } from "../client/types.ts";
import { Remedies } from "./remedies.tsx";

const titles: Readonly<Record<Failure["reason"], string>> = {
  "invalid-input": "The input is not valid",
  "parse-error": "The file could not be read",
  "missing-data": "Data are missing",
  "not-applicable": "This does not apply here",
  unsupported: "This is not supported",
  "not-found": "Not found",
  conflict: "This conflicts with something else",
  cancelled: "Cancelled",
  internal: "The program has a defect here",
};

interface FailureBannerProps {
  readonly failure: Failure;
  readonly onRetry?: (() => void) | undefined;
  /** The failure is of the session's own margin: what else would make it computable is offered. */
  readonly remedies?: boolean | undefined;
}

/** What failed, which item, what to do; with a detail that can be copied. */
export function FailureBanner({ failure, onRetry, remedies = false }: FailureBannerProps) {
  const detail = `${failure.reason}: ${failure.message}${failure.at === undefined ? "" : ` (at ${failure.at})`}`;
  return (
    <Alert color="red" variant="light" radius={0} p="xs" title={titles[failure.reason]} role="alert">
      {failure.message}
      {failure.at !== undefined && (
        <>
          {" "}
          <code>{failure.at}</code>
        </>
      )}
      <Group gap={6} mt={6}>
        {remedies && <Remedies failure={failure} />}
        {onRetry && (
          <Button size="compact-xs" variant="default" onClick={onRetry}>
            Try again
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={() => void navigator.clipboard.writeText(detail)}>
          Copy detail
        </Button>
      </Group>
    </Alert>
  );
}
