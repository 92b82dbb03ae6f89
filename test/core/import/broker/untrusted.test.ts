import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imported, jsonFile, textFile } from "../files.ts";
import { survives } from "../survives.ts";

const cell = fc.oneof(
  fc.string(),
  fc.double().map(String),
  fc.constantFrom(..."|0|-1|1e999|N/A|($1,140.00)|+5|USD|EUR|STK|OPT|FUT|FOP|CASH|P|C|20260320|2026-03-21".split("|")),
  fc.constantFrom("SPXW  260320P06500000", "AAPL1 260320C00001000", "ESH6", "EW3F6 C7000", "EUR.USD", "__proto__"),
);
const escaped = (text: string) =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[c] ?? "&quot;");
const attributes =
  "accountId currency fxRateToBase assetCategory symbol conid underlyingSymbol multiplier strike expiry putCall reportDate position markPrice positionValue openPrice levelOfDetail".split(
    " ",
  );

describe("damaged statements of brokers", () => {
  it("of Flex never throw and never make a number that is not finite", async () => {
    const element = fc.dictionary(fc.constantFrom(...attributes), cell, { maxKeys: 17 });
    await fc.assert(
      fc.asyncProperty(fc.array(element, { maxLength: 6 }), fc.nat(), async (rows, cut) => {
        const positions = rows.map(
          (row) =>
            `<OpenPosition ${Object.entries(row)
              .map(([name, text]) => `${name}="${escaped(text)}"`)
              .join(" ")}/>`,
        );
        const text = `<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1" toDate="20260113">${positions.join("")}<CashReportCurrency currency="USD" endingCash="1"/></FlexStatement></FlexStatements></FlexQueryResponse>`;
        await survives(textFile("flex.xml", text));
        await survives(textFile("cut.xml", text.slice(0, cut % text.length)));
      }),
      { numRuns: 150 },
    );
  });

  it("of thinkorswim never throw", async () => {
    const name = fc.oneof(
      cell,
      fc.constantFrom(
        "100 20 MAR 26 50 CALL",
        "1/50 30 JAN 26 7000 CALL /EWF6",
        "Micro (/MESH6)",
        "100 99 XXX 26 1 PUT",
        "XYZ",
      ),
    );
    const line = fc
      .tuple(name, cell, cell, cell, cell)
      .map((cells) => cells.map((text) => `"${text.replaceAll('"', '""')}"`).join(","));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), async (lines) => {
        const head =
          "Position Statement for 1 (a) on 1/13/26 15:30:00\n\nNone\nInstrument,Qty,Days,Trade Price,Mark\nXYZ,,,,\n";
        await survives(textFile("statement.csv", `${head}${lines.join("\n")}\n`));
      }),
      { numRuns: 150 },
    );
  });

  it("of account values and chains never throw", async () => {
    const json = fc.oneof(cell, fc.double(), fc.constant(null), fc.constant([]), fc.constant({}));
    const entry = fc.record({
      ...{
        account: fc.constantFrom("U1", "U2"),
        value: json,
        currency: fc.constantFrom("USD", "EUR", "BASE", "__proto__"),
      },
      tag: fc.constantFrom(
        "NetLiquidation",
        "NetLiquidationByCurrency",
        "CashBalance",
        "ExchangeRate",
        "FullInitMarginReq",
        "__proto__",
      ),
    });
    const quote = fc.record({
      ...{
        strikePrice: json,
        optionType: fc.constantFrom("Call", "Put", "x"),
        bidPrice: json,
        askPrice: json,
        volatility: json,
      },
      expirationDate: fc.constantFrom("2026-03-20", "2026-03-21", "never"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { minLength: 1, maxLength: 12 }),
        fc.array(quote, { maxLength: 6 }),
        json,
        async (entries, rows, spot) => {
          await survives(jsonFile("values.json", entries));
          await survives(
            jsonFile("chain.json", {
              date: "2026-03-18",
              spot,
              timestamp: "2026-03-18T20:00:00",
              expiries: { "2026-03-20": rows },
            }),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});

it("20,000 positions and as many lots of a Flex query are read, each position once", async () => {
  const rows = Array.from({ length: 20_000 }, (_, i) => {
    const shared = `accountId="U1" currency="USD" fxRateToBase="1" assetCategory="STK" symbol="S${i}" conid="${i}" reportDate="20260113" markPrice="10"`;
    return `<OpenPosition ${shared} position="${i + 1}" levelOfDetail="SUMMARY"/><OpenPosition ${shared} position="${i + 1}" levelOfDetail="LOT"/>`;
  });
  const text = `<FlexQueryResponse><FlexStatements><FlexStatement accountId="U1">${rows.join("\n")}</FlexStatement></FlexStatements></FlexQueryResponse>`;
  const { portfolio } = await imported(textFile("flex.xml", text));
  expect(portfolio?.positions).toHaveLength(20_000);
});
