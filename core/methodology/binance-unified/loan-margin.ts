import type { Book } from "../contract.ts";
import { inUsd } from "../parts/account-lines.ts";
import { type Line, lines } from "../statement.ts";
import type { UnifiedRules } from "./rules.ts";

const { sum } = lines("USD");

/** Maintenance of margin loans, USD: each loan × the rate of its leverage. */
export function loanLine(book: Book, { loan }: UnifiedRules, id: string): Line {
  const rate = loan.maintenance[loan.leverage];
  const parameter = `/loan/maintenance/${loan.leverage}`;
  return eachLoan(book, id, "3.2", rate, "maintenance of loans", { label: "rate", value: rate, parameter });
}

/** Initial margin of margin loans, USD: each loan ÷ (leverage − 1). */
export function leveragedLoans(book: Book, { loan }: UnifiedRules, id: string): Line {
  const input = { label: "leverage", value: loan.leverage, parameter: "/loan/leverage" };
  return eachLoan(book, id, "4.2", 1 / (Number(loan.leverage) - 1), "1 ÷ (leverage − 1)", input);
}

function eachLoan(
  book: Book,
  id: string,
  rule: string,
  factor: number,
  factorLabel: string,
  input: { readonly label: string; readonly value: number | string; readonly parameter: string },
): Line {
  const loans = book.balances.flatMap(({ currency, borrowed = 0, basis }, index) => {
    if (borrowed <= 0) return [];
    const own = `${id}/${index + 1}-${currency}`;
    const { leaf, product } = lines(currency);
    const loan = leaf(`${own}/loan/owed`, `Owed in ${currency}`, borrowed, rule, { basis });
    return [
      inUsd(
        product(`${own}/loan`, `Loan in ${currency}`, rule, factor, factorLabel, loan, { inputs: [input] }),
        book.indices,
        own,
        rule,
      ),
    ];
  });
  return sum(id, "Margin loans", rule, loans);
}
