import type { Quote } from "../../market/index.ts";
import { present } from "../deribit/quote-row.ts";
import { addQuote, type Intake } from "../intake.ts";

/**
 * Takes part of a quote. The venue spreads one market over several replies (summary, mark price, tickers): parts from different
 * files complete each other, the later in time wins where both have a figure.
 */
export function addQuotePart(intake: Intake, quote: Quote): void {
  const place = intake.quotesSeen.get(quote.instrument.id);
  const earlier = place === undefined ? undefined : intake.quotes[place];
  const sameFile = earlier?.at?.startsWith(`${intake.file}:`) === true;
  if (place === undefined || earlier === undefined || sameFile) {
    addQuote(intake, quote);
    return;
  }
  const [first, second] = (quote.timestampMs ?? 0) >= (earlier.timestampMs ?? 0) ? [earlier, quote] : [quote, earlier];
  intake.quotes[place] = { ...first, ...present(second) };
}
