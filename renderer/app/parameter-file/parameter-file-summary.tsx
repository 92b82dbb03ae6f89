import { useEffect, useState } from "react";
import { call } from "../../client/index.ts";
import type { ParameterFileHeader } from "../../client/listed.ts";
import type { Failure } from "../../client/types.ts";
import { FailureBanner } from "../failure-banner.tsx";
import { HeaderFacts } from "./header-facts.tsx";

/** What a stored parameter file holds. */
export function ParameterFileSummary({ id }: { readonly id: string }) {
  const [header, setHeader] = useState<ParameterFileHeader>();
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => {
    let current = true;
    void call("parameter-file.get", { id }).then((answer) => {
      if (!current) return;
      setHeader(answer.ok ? answer.value.content : undefined);
      setFailure(answer.ok ? undefined : answer.failure);
    });
    return () => {
      current = false;
    };
  }, [id]);
  if (failure) return <FailureBanner failure={failure} />;
  return header ? <HeaderFacts header={header} /> : <p className="muted">Reading…</p>;
}
