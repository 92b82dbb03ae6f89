import { decide, type Intake, noteIndexPrice } from "../intake.ts";

/**
 * US dollars per unit of each currency, of rates to an account's base currency; taken as index prices of the currencies and shown as
 * decisions. Rates of a base that nothing leads to dollars are left out, and a decision says so.
 *
 *     USD per unit = rate(currency → base) ÷ rate(USD → base)
 *
 * @param rates  currency -> base currency per unit; > 0
 * @param base   the account's currency; absent when nothing says it
 * @param source what states them: `fxRateToBase`
 */
export function noteDollarRates(
  intake: Intake,
  rates: Readonly<Record<string, number>>,
  base: string | undefined,
  source: string,
): void {
  const currencies = Object.keys(rates).filter((currency) => currency !== "USD");
  if (currencies.length === 0) return;
  const dollar = rates.USD ?? (base === "USD" ? 1 : undefined);
  for (const currency of currencies) {
    const rate = rates[currency];
    if (rate === undefined) continue;
    if (dollar === undefined) {
      const why = `${source} leads to ${base ?? "an unnamed base currency"}, and nothing leads from there to US dollars`;
      decide(intake, `rate of ${currency}`, "none", `${why}: the market must have index:${currency}`);
      continue;
    }
    const value = rate / dollar;
    noteIndexPrice(intake, currency, value);
    decide(
      intake,
      `rate of ${currency}`,
      `1 ${currency} = ${Number(value.toPrecision(8))} USD`,
      `${source} of the file`,
    );
  }
}
