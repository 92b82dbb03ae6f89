import { useEffect, useState } from "react";
import { call } from "../../client/index.ts";
import type { Failure, MethodologyDetail } from "../../client/types.ts";

const known = new Map<string, MethodologyDetail>();

/** Schema, rulebook and document of a methodology; they do not change while the program runs. */
export function useMethodology(id: string | undefined): {
  readonly detail: MethodologyDetail | undefined;
  readonly failure: Failure | undefined;
} {
  const [answer, setAnswer] = useState<{ readonly id: string; readonly failure?: Failure }>();
  useEffect(() => {
    if (id === undefined || known.has(id)) return;
    let current = true;
    void call("methodology.get", { id }).then((reply) => {
      if (reply.ok) known.set(id, reply.value);
      if (current) setAnswer({ id, ...(!reply.ok && { failure: reply.failure }) });
    });
    return () => {
      current = false;
    };
  }, [id]);
  return {
    detail: id === undefined ? undefined : known.get(id),
    failure: answer?.id === id ? answer?.failure : undefined,
  };
}
