/** Texts of invented parameter files, piece by piece, so that large ones need no memory. */
export interface SyntheticFile {
  /** Families of options, each with as many months and strikes. */
  readonly families: number;
  readonly months: number;
  readonly strikes: number;
}

const fractions = [0, 0, 1, 1, -1, -1, 2, 2, -2, -2, 3, 3, -3, -3];

/** Array of one long call of a delta, roughly: what matters to a reader is its shape. */
export function syntheticArray(delta: number, range: number): readonly number[] {
  const moves = fractions.map((thirds, index) => -delta * ((thirds * range) / 3) + (index % 2 === 0 ? -4.25 : 4.5));
  return [...moves, -delta * range * 0.99, delta * range * 0.99];
}

/** An XML parameter file, format 4.00, CRLF line ends. */
export function* syntheticXml({ families, months, strikes }: SyntheticFile): Generator<string> {
  yield lines(
    '<?xml version="1.0" encoding="ISO-8859-1"?>',
    "<spanFile><fileFormat>4.00</fileFormat><created>202506201800</created>",
    "<definitions><acctTypeDef><isCust>1</isCust><acctType>S</acctType><name>Speculator</name><isNetMargin>1</isNetMargin></acctTypeDef></definitions>",
    "<pointInTime><date>20250620</date><isSetl>1</isSetl><setlQualifier>final</setlQualifier>",
    "<clearingOrg><ec>SYNTH</ec><name>Synthetic clearing</name>",
    "<exchange><exch>SYN</exch>",
  );
  for (let family = 0; family < families; family++) {
    const code = `P${family}`;
    yield lines(
      `<futPf><pfId>${family + 1}</pfId><pfCode>${code}</pfCode><currency>USD</currency><cvf>100</cvf><valueMeth>FUT</valueMeth>`,
      `<fut><cId>1</cId><pe>202509</pe><p>50.00</p><d>1.000000</d><cvf>100</cvf><sc>1.000000</sc><setlDate>20250919</setlDate><t>0.249315</t>${scan()}${array(syntheticArray(1, 300), 1)}</fut></futPf>`,
      `<oopPf><pfId>${10_000 + family}</pfId><pfCode>${code}</pfCode><name>Options</name><exercise>EURO</exercise><currency>USD</currency><cvf>100</cvf><valueMeth>EQTY</valueMeth><priceModel>M</priceModel>`,
    );
    for (let month = 0; month < months; month++) {
      yield lines(
        `<series><pe>${2025 + Math.floor((8 + month) / 12)}${String(((8 + month) % 12) + 1).padStart(2, "0")}</pe><setlDate>20270919</setlDate><t>0.249315</t><cvf>100.0000000</cvf><sc>1.000000</sc>`,
        `<intrRate><val>0.030000</val></intrRate><divRate><val>0.000000</val></divRate>${scan()}`,
      );
      for (let strike = 0; strike < strikes; strike++) {
        const delta = strike / strikes;
        yield lines(
          `<opt><cId>${strike}</cId><o>${strike % 2 === 0 ? "C" : "P"}</o><k>${(10 + strike * 0.25).toFixed(2)}</k><p>${(1 + delta).toFixed(2)}</p><pq>0</pq><d>0.000000</d><v>0.250000</v><val>${(100 + 100 * delta).toFixed(2)}</val>`,
          `${array(syntheticArray(delta, 300), delta)}</opt>`,
        );
      }
      yield "</series>\r\n";
    }
    yield "</oopPf>\r\n";
  }
  yield "</exchange>\r\n";
  for (let family = 0; family < families; family++)
    yield lines(
      `<ccDef><cc>P${family}</cc><name>P${family}</name><currency>USD</currency><wfprMeth>NORMAL</wfprMeth><somMeth>GROSS</somMeth>`,
      `<pfLink><exch>SYN</exch><pfCode>P${family}</pfCode><pfType>FUT</pfType></pfLink><pfLink><exch>SYN</exch><pfCode>P${family}</pfCode><pfType>OOP</pfType></pfLink></ccDef>`,
    );
  yield "</clearingOrg></pointInTime></spanFile>\r\n";
}

function scan(): string {
  return "<scanRate><r>1</r><priceScan>300.000000</priceScan><volScanPct>0.250000</volScanPct></scanRate>";
}

function array(values: readonly number[], delta: number): string {
  return `<ra><r>1</r>${values.map((value) => `<a>${value.toFixed(6)}</a>\r\n`).join("")}<d>${delta.toFixed(6)}</d></ra>`;
}

/** An expanded positional file (U2): one record a line. */
export function* syntheticPositional({ families, months, strikes }: SyntheticFile): Generator<string> {
  yield lines("0 SYNTH 20250620SF     202506201800U2YNCLR        C CUST  S SPEC  1 CORE  M MAINT ", "1 SYN  01");
  for (let family = 0; family < families; family++) {
    const code = `P${family}`;
    yield lines(
      priceLine(code, "FUT"),
      priceLine(code, "OOF"),
      `2 SYN ${code.padEnd(6)}0USD$PN   ${code.padEnd(10)}FUT   ${code.padEnd(10)}OOF`,
      `3 ${code.padEnd(6)}1001202501203012${"".padEnd(44)}100010001100`,
      `4 ${code.padEnd(6)}01${"".padEnd(52)}00000501001001002`,
      parameterLine(code, "FUT", "202509", ""),
    );
    yield arrayLines(code, "FUT", " ", "202509", "", 0, 1, 5000, syntheticArray(1, 300));
    for (let month = 0; month < months; month++) {
      const name = `${2025 + Math.floor((8 + month) / 12)}${String(((8 + month) % 12) + 1).padStart(2, "0")}`;
      yield lines(parameterLine(code, "OOF", "202509", name));
      for (let strike = 0; strike < strikes; strike++) {
        const delta = strike / strikes;
        const side = strike % 2 === 0 ? "C" : "P";
        yield arrayLines(code, "OOF", side, "202509", name, 1000 + strike * 25, delta, 250, syntheticArray(delta, 300));
      }
    }
  }
}

function priceLine(code: string, type: string): string {
  const fields = `P SYN${code.padEnd(10)}${type}${code.padEnd(15)}002002  ${digits(100 * 1e7, 14)}${digits(0, 8)}01USD$STD 00AMER`;
  return `${fields.padEnd(116)}EQTY DELIV`;
}

function parameterLine(code: string, type: string, future: string, option: string): string {
  const head = `B SYN${code.padEnd(10)}${type}${future}   ${option.padEnd(8)} ${digits(0.25e6, 8)}${digits(0.25e6, 8)}`;
  const range = `${digits(300, 5)}${digits(3000, 5)}${digits(3300, 5)}${digits(300, 5)}${digits(249_315, 7)}${digits(2740, 6)}${digits(10_000, 6)}20250919`;
  return `${`${head}${range}${code.padEnd(10)}B2`.padEnd(128)}${digits(100 * 1e7, 14)}${"".padEnd(21)}AA 00`;
}

function arrayLines(
  code: string,
  type: string,
  right: string,
  future: string,
  option: string,
  strike: number,
  delta: number,
  price: number,
  values: readonly number[],
): string {
  const identity = `SYN${code.padEnd(10)}${code.padEnd(10)}${type}${right}${future}   ${option.padEnd(8)} ${digits(strike, 7)}`;
  const whole = values.map((value) => `${digits(Math.abs(value), 5)}${value < 0 ? "-" : "+"}`);
  const last = `${digits(delta * 10_000, 5)}+${digits(250_000, 8)}${digits(price, 7)}++`;
  return lines(
    `81${identity}${whole.slice(0, 9).join("")}${digits(price, 14)}N`,
    `82${identity}${whole.slice(9).join("")}${last}`,
  );
}

function digits(value: number, length: number): string {
  return String(Math.round(value)).padStart(length, "0");
}

function lines(...texts: readonly string[]): string {
  return texts.map((text) => `${text}\r\n`).join("");
}
