import { useEffect, useRef, useState } from "react";
import { formatMoney } from "../../core/base/format.ts";
import { session } from "../state/session.ts";

/** Says new results to screen readers, politely and at most once a second; failures at once. */
export function LiveRegion() {
  const [polite, setPolite] = useState("");
  const [assertive, setAssertive] = useState("");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () =>
      session.subscribe((now, before) => {
        if (now.result !== before.result && now.result) {
          const { totals, methodology } = now.result;
          clearTimeout(timer.current);
          timer.current = setTimeout(() => {
            setPolite(
              `${methodology.title}: initial margin ${formatMoney(totals.initialUsd, "USD")}, maintenance ${formatMoney(totals.maintenanceUsd, "USD")}`,
            );
          }, 1000);
        }
        if (now.failure !== before.failure) setAssertive(now.failure?.message ?? "");
      }),
    [],
  );
  return (
    <>
      <output className="visually-hidden" aria-live="polite">
        {polite}
      </output>
      <div className="visually-hidden" role="alert">
        {assertive}
      </div>
    </>
  );
}
