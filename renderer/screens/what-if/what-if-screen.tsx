import { Button, Menu, TextInput } from "@mantine/core";
import { memo, useEffect, useState } from "react";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { Failure } from "../../client/types.ts";
import { chosenName, useSession } from "../../state/session.ts";
import { isUnsaved, useWhatIf, whatIfStore, whatIfWork } from "../../state/what-if.ts";
import { useWork } from "../../state/work.ts";
import { ContractSearch } from "./contract-search.tsx";
import { LegTable } from "./leg-table.tsx";
import { ticketCsv } from "./ticket-csv.ts";
import styles from "./what-if.module.css";

export default function WhatIfScreen() {
  const legs = useWhatIf((s) => s.legs);
  const unsaved = useWhatIf(isUnsaved);
  const portfolio = useSession((s) => chosenName(s.portfolio));
  const edited = useSession((s) => Object.keys(s.edits).length > 0);
  const result = useWork(whatIfWork, (s) => s.value);
  const [failure, setFailure] = useState<Failure>();
  const { watch, compute } = whatIfStore.getState();
  const frame = useWorkFrame(whatIfWork, () => void compute());
  useEffect(() => watch(), [watch]);
  return (
    <PanelFrame
      panel="what-if"
      title="What-if"
      help="what-if"
      {...frame}
      state={frame.state === "error" ? "error" : frame.state === "loading" ? "loading" : "ready"}
      csv={() => ticketCsv(legs, result)}
      toolbar={toolbar}
    >
      <div className={styles.frame} data-what-if data-unsaved={unsaved}>
        <div className={styles.banner}>
          <strong>
            WHAT-IF{unsaved && <span title="The ticket is not saved"> *</span>}
            {unsaved && <span className="visually-hidden"> not saved</span>}
          </strong>
          <span>
            on a copy of {portfolio}
            {edited && ", with the quantities you changed"}
          </span>
          <span className="muted">no order is sent</span>
        </div>
        {failure && <FailureBanner failure={failure} onRetry={undefined} />}
        {legs.length === 0 ? (
          <div className={styles.start}>
            <p>
              Add a contract above: type part of its name, such as “PERPETUAL” or “100000-P”, and choose it with the
              arrow keys and Enter. Margin, greeks, scenarios and limits before and after stand beside.
            </p>
          </div>
        ) : (
          <div className={styles.scroll}>
            <LegTable legs={legs} result={result} />
          </div>
        )}
        <SaveTicket disabled={legs.length === 0} onFailure={setFailure} />
      </div>
    </PanelFrame>
  );
}

function TicketMenu() {
  const disabled = useWhatIf((s) => s.legs.length === 0);
  const { scale, flip, clear, startCopy } = whatIfStore.getState();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button size="compact-xs" variant="default" disabled={disabled}>
          Ticket
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={flip}>Flip buys and sells</Menu.Item>
        <Menu.Item onClick={() => scale(2)}>Twice the size</Menu.Item>
        <Menu.Item onClick={() => scale(0.5)}>Half the size</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={clear}>Remove all legs</Menu.Item>
        <Menu.Item onClick={startCopy}>Start a new ticket</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** One element for good: the panel is drawn at each change of the ticket, its controls are not. */
const toolbar = (
  <>
    <ContractSearch />
    <TicketMenu />
  </>
);

/** The book with its legs under a name of its own; the portfolio itself stays as it is. */
const SaveTicket = memo(function SaveTicket({
  disabled,
  onFailure,
}: {
  readonly disabled: boolean;
  readonly onFailure: (failure: Failure | undefined) => void;
}) {
  const portfolio = useSession((s) => chosenName(s.portfolio));
  const named = useWhatIf((s) => s.name);
  const [typed, setTyped] = useState<string>();
  const [saved, setSaved] = useState("");
  const name = typed ?? (named === "" ? `${portfolio}, what-if` : named);
  const save = async (): Promise<void> => {
    const answer = await whatIfStore.getState().save(name.trim());
    onFailure("failure" in answer ? answer.failure : undefined);
    setSaved("saved" in answer ? `Saved as “${answer.saved.name}”.` : "");
  };
  return (
    <form
      className={styles.actions}
      onSubmit={(event) => {
        event.preventDefault();
        if (!disabled && name.trim() !== "") void save();
      }}
    >
      <TextInput
        size="xs"
        w={260}
        aria-label="Name of the new portfolio"
        value={name}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <Button size="compact-xs" type="submit" variant="default" disabled={disabled || name.trim() === ""}>
        Save as new portfolio
      </Button>
      <output className="muted">{saved}</output>
    </form>
  );
});
