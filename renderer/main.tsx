import { connect } from "./client/index.ts";
import { session } from "./state/session.ts";
import { startSession } from "./state/stored-session.ts";

/** The first margin is computed while the page is still being loaded: everything that is only shown comes in a piece of its own. */
connect();
const computing = startSession().then(() => session.getState().recalculate());
const { show } = await import("./app/show.tsx");
await show();
await computing;
