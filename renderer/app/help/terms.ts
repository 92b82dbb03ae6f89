/** Words of headers and labels, and where they are explained: `document#section`. The first that fits is taken. */
const terms: readonly (readonly [words: RegExp, reference: string])[] = [
  [/^(Δ|delta)\b.*coin|net delta/i, "glossary#net-delta"],
  [/Δ|\bdelta\b/i, "glossary#delta"],
  [/Γ|\bgamma\b/i, "glossary#gamma"],
  [/\bvega\b/i, "glossary#vega"],
  [/\btheta\b/i, "glossary#theta"],
  [/stand-alone/i, "glossary#stand-alone-margin"],
  [/incremental/i, "glossary#incremental-margin"],
  [/contribution|in binding|component margin/i, "glossary#contribution"],
  [/shapley/i, "glossary#shapley-part"],
  [/pro-rata/i, "glossary#pro-rata-part"],
  [/euler/i, "glossary#euler-part"],
  [/to liquidation/i, "glossary#headroom"],
  [/headroom|room to/i, "glossary#headroom"],
  [/utilisation/i, "glossary#utilisation"],
  [/available/i, "glossary#available-funds"],
  [/margin balance/i, "glossary#margin-balance"],
  [/\bequity\b/i, "glossary#equity"],
  [/maintenance/i, "glossary#maintenance-margin"],
  [/initial margin|requirement|^initial\b/i, "glossary#initial-margin"],
  [/worst scenario|binding|binds/i, "glossary#binding-scenario"],
  [/shortfall/i, "glossary#shortfall"],
  [/breach/i, "glossary#breach"],
  [/\bcall\b|\bcalls\b/i, "glossary#margin-call"],
  [/forward/i, "glossary#forward"],
  [/\bIV\b|volatilit/i, "glossary#volatility"],
  [/\bindex\b/i, "glossary#index"],
  [/\bmark\b/i, "glossary#mark-price"],
  [/quantity|contracts|\bsize\b/i, "glossary#quantity"],
  [/scenario/i, "glossary#scenario"],
  [/profit|p&l|\bpnl\b|\bloss\b/i, "glossary#profit-and-loss"],
  [/override/i, "glossary#override"],
  [/accuracy/i, "glossary#10"],
  [/\brule\b/i, "glossary#rule"],
  [/weight/i, "glossary#weight"],
  [/\bshare\b/i, "glossary#share"],
  [/^value\b|market value/i, "glossary#value"],
  [/underlying/i, "glossary#underlying"],
  [/\bexpir/i, "glossary#expiry"],
];

/** Where a header or label is explained; `undefined` for words of no meaning beyond the everyday one. */
export function termOf(words: string): string | undefined {
  return terms.find(([fits]) => fits.test(words))?.[1];
}

/** Every place that `termOf` can answer. */
export const termReferences: readonly string[] = [...new Set(terms.map(([, reference]) => reference))];
