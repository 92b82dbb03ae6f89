/** What `marginscope --help` prints. */
export const usage = `marginscope: why is the margin of this derivatives portfolio what it is, and what would change it?

  marginscope margin --positions FILE [--market FILE] [--history FILE] --method ID
                     [--rules DATE|NAME|FILE] [--override PATH=VALUE] [--mapping suggested|FILE]
                     [--output FILE.xlsx|.csv|.json|.html] [--json]
      Margin of the positions, as a table, or with --output as a file with statement, decompositions and provenance. --positions, --market and --override may be given more than once;
      without --market the marks that the positions state are taken; --sample instead of files takes the sample
      that ships with the program. --mapping says what the columns of an unknown CSV mean: the suggestion that
      import.inspect makes, or a file with a mapping. --history (margin, reconcile, compare) gives prices, volatilities or
      funding through time to methods that need them: files, sample, or id:ID of a stored history; see history.import.
      --parameter-file (margin, compare) gives a clearing house's risk arrays and tables, XML or positional, to listed
      positions: a file, or id:ID of a stored one; without --market its prices are taken. For --method span-array.

  marginscope reconcile --charged FILE [--positions FILE] [--market FILE] [--method ID]
                        [--rules DATE|NAME|FILE] [--override PATH=VALUE] [--json]
      What a venue charges against our margin, line by line, and which input explains each gap. --charged is the venue's
      own reply (Deribit pme/simulate, account summary or positions; OKX position-builder; Bybit portfolio-margin; Derive
      get_margin; Gate portfolio_calculator); what is not given is taken from the reply.

  marginscope compare --positions FILE [--market FILE] --method ID[@VERSION] --method ID[@VERSION] …
                      [--reference PLACE] [--json]
      Methods and rule versions side by side over one book; instruments a venue does not list are mapped, and the
      mapping is shown.

  marginscope netting-benefit --positions FILE [--market FILE] [--parameter-file FILE] [--method ID[@VERSION] …]
                              [--reference PLACE] [--json]
      What netting saves on one book: each method against the baseline (the first, or --reference), in all, by group
      of underlyings and by position. Without --method: strategy-based, risk-based-customer, and span-array where a
      parameter file is given.

  marginscope coverage --positions FILE [--market FILE] [--parameter-file FILE] [--method ID …] [--json]
      Which methods can margin each position, and why the others cannot. Without --method: all.

  marginscope mixed --positions FILE [--market FILE] [--parameter-file FILE] --method ID[@VERSION] … [--json]
      One book of crypto and listed products under several methods: a position goes to the first method that margins it;
      the margin of each part, their sum, and what no method margins. Parts by venue, kind or account: margin.mixed.

  marginscope validate --series FILE --method ID [--rules DATE|NAME|FILE] [--override PATH=VALUE]
                       [--confidence 0.99] [--horizon ROWS] [--format html|csv|json|series] [--json]
  marginscope validate --backtest ID [--confidence 0.99] [--format html|csv|json|series] [--json]
      Validation pack of margins and losses through time: backtests with critical value, p-value and decision, coverage,
      procyclicality, responsiveness, disclosure items. A series file is a CSV with the columns time, loss and margin, or
      what --format series writes.

  marginscope operations [--json]
      Every operation; with --json also the JSON Schema of its input.

  marginscope OPERATION [@request.json | @- | '{"json": …}'] [--json]
      One operation. A file in a request may be given as {"path": "…"}.

  --library PATH   the library to use; default: the user's own
  --json           machine-readable answer on stdout, reason of a refusal as JSON on stderr
  --progress       progress of long work on stderr, one line an event; Ctrl-C cancels
  --help, --version

Environment: MARGINSCOPE_THREADS sets the number of computing threads, 1 to 64; default: one for each core.
Results are the same bits with any number. MARGINSCOPE_KERNEL chooses the inner loops: wasm-simd (default), typed-array
(the same bits without WebAssembly), wasm-relaxed-simd (the last bits may differ from machine to machine); every result
says which one ran.

Exit codes: 0 done, 1 refused (reason on stderr), 2 usage.
`;
