"""Independent computation of Deribit's extended risk matrix (segregated and cross), from the formulas of
resources/docs/methodology/deribit-portfolio.md and deribit-cross-portfolio.md.

    python3 test/golden/deribit-portfolio/compute.py

reads resources/rulebooks/deribit-{portfolio,cross-portfolio}.json, takes the portfolios below and writes
core/methodology/<id>/cases/own-*.json with expected amounts. It shares no code with the product. Python 3.11, no packages.
"""
import datetime as dt
import json
import math
import pathlib
from decimal import ROUND_HALF_UP, Decimal

ROOT = pathlib.Path(__file__).resolve().parents[3]
COLUMNS = ["down", "same", "up"]


def normal(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def black(forward, strike, years, sigma, call):
    w, s = (1 if call else -1), sigma * math.sqrt(years)
    if s == 0:
        return max(0.0, w * (forward - strike))
    d1 = (math.log(forward / strike) + s * s / 2) / s
    return w * (forward * normal(w * d1) - strike * normal(w * (d1 - s)))


def black_delta(forward, strike, years, sigma, call):
    s = sigma * math.sqrt(years)
    d1 = (math.log(forward / strike) + s * s / 2) / s
    return normal(d1) if call else normal(d1) - 1


def rounded(value, decimals):
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def instant(text):
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))


class Run:
    """One case: parameters in force, instruments, positions."""

    def __init__(self, method, case):
        book = json.loads((ROOT / f"resources/rulebooks/{method}.json").read_text())
        versions = [v for v in book["versions"] if v["effectiveFrom"] <= case["date"]]
        self.p = json.loads(json.dumps(versions[-1]["parameters"]))
        for o in case.get("overrides", []):
            *path, last = o["path"].split("/")[1:]
            at = self.p
            for key in path:
                at = at[key]
            at[last] = o["value"]
        self.g = self.p["general"]
        self.case = case
        self.now = instant(case["date"] + "T08:00:00Z")
        self.cross = method == "deribit-cross-portfolio"

    def expiry(self, ins):
        return ins.get("expiry", "perpetual")

    def years(self, ins):
        if "expiry" not in ins:
            return 0.0
        return (instant(ins["expiry"]) - self.now).total_seconds() / (365 * 86400)

    def shocked_vol(self, pair, iv, years, column):
        days = max(years * 365, self.g["minimumDays"])
        power = pair["shortTermVegaPower"] if days < pair["referenceDays"] else pair["longTermVegaPower"]
        h = (pair["referenceDays"] / days) ** power
        if column == "up":
            rise, least = 1 + pair["volatilityUp"] * h, pair["minimumVolatilityUp"]
            return max(iv * rise, least) if self.g["minimumVolatility"] == "after-shock" else max(iv, least) * rise
        return max(iv * (1 - pair["volatilityDown"] * h), 0) if column == "down" else iv

    def size(self, ins, quantity):
        inverse = ins.get("payoff", "inverse") == "inverse"
        return quantity / ins["mark"] if inverse and ins["kind"] != "option" else quantity

    def profit(self, pair, ins, quantity, index, move, column):
        """Settlement currency (coin or dollars); in cross always USD."""
        inverse = ins.get("payoff", "inverse") == "inverse"
        q = self.size(ins, quantity)
        if ins["kind"] != "option":
            if inverse:
                coin = q * (1 - 1 / (1 + move))
                return coin * index * (1 + move) if self.cross else coin
            return q * (ins["mark"] if self.g["linearFuturePrice"] == "mark" else index) * move
        f, k, years, iv, call = ins["forward"], ins["strike"], self.years(ins), ins["volatility"], ins["optionType"] == "call"
        shocked = f * (1 + move)
        after = black(shocked, k, years, self.shocked_vol(pair, iv, years, column), call)
        before = black(f, k, years, iv, call)
        if not inverse:
            return q * (after - before)
        coin = q * (after / shocked - before / f)
        return coin * index * (1 + move) if self.cross else coin

    def unit_delta(self, ins):
        if ins["kind"] != "option":
            return 1.0
        call, years = ins["optionType"] == "call", self.years(ins)
        delta = black_delta(ins["forward"], ins["strike"], years, ins["volatility"], call)
        if self.g["optionDelta"] == "net" and ins.get("payoff", "inverse") == "inverse":
            delta -= black(ins["forward"], ins["strike"], years, ins["volatility"], call) / ins["forward"]
        return delta

    def row(self, underlying, settlement, parameter):
        base = self.g[parameter] == "base"
        key = (underlying if base else settlement).lower()
        return self.p["currencies"]["usd" if key in ("usdc", "usdt", "usd") else key]

    def moves(self, pair):
        n = self.g["bucketsPerSide"]
        grid = [pair["priceRange"] * k / n for k in range(-n, n + 1)]
        return [(m, c, False) for m in grid for c in COLUMNS] + [(m, "up", True) for m in self.g["extendedMoves"]]

    def entries(self, pair, risk, offset, index, in_coin, profit):
        """Compared entries of one matrix; `profit(move, column)` is the sum of its positions."""
        out = []
        for move, column, extended in self.moves(pair):
            value = profit(move, column)
            edge = 1 + math.copysign(pair["priceRange"], move)
            price = (edge if extended else 1 + move) * index
            if extended:
                far = abs(move) / pair["priceRange"]
                value *= pair["extendedTableFactor"] / far * ((1 + move) / edge if in_coin else 1)
                forgiven = (max(far, 1) - 1) * risk["extendedDampener"] / (edge * index if in_coin else 1)
                value = math.copysign(max(abs(value) - forgiven, 0), value)
            if value > 0:
                value = min(value * offset["profitOffset"], offset["maximumOffsetProfit"] / (price if in_coin else 1))
            out.append(value + 0.0)
        return out

    def shocks(self, pair, risk, index, held):
        """Roll shock in coin and delta shock in USD of one pair vector; `held` is [(instrument, quantity)]."""
        by_expiry, futures_and_short, long = {}, 0.0, 0.0
        for ins, quantity in held:
            delta = self.size(ins, quantity) * self.unit_delta(ins)
            key = (self.expiry(ins), self.years(ins))
            by_expiry[key] = by_expiry.get(key, 0.0) + delta
            if ins["kind"] == "option" and quantity > 0:
                long += delta
            else:
                futures_and_short += delta
        roll = sum(
            abs(d) * max(risk["minimumAnnualisedMove"], math.exp(risk["annualisedMoveRisk"] * t) - 1)
            for (_, t), d in by_expiry.items()
        )
        r, l = futures_and_short, long
        d = abs(min(max(l + r, r), 0) if r < 0 else max(min(l + r, r), 0))
        usd = min(
            max(d * index - pair["deltaShockThreshold"], 0) * d * pair["deltaShockSlope"],
            pair["maximumDeltaShock"] * d * index,
        )
        return roll, usd


def vectors_of(case):
    groups = {}
    for position in case["portfolio"]["positions"]:
        ins = case["market"]["instruments"][position["symbol"]]
        inverse = ins.get("payoff", "inverse") == "inverse"
        settlement = ins["underlying"] if inverse else "USDC"
        quantity = position.get("quantity", position.get("coins", 0) * ins.get("mark", 0))
        groups.setdefault((ins["underlying"], settlement), []).append((ins, quantity))
    return groups


def components(case, ids):
    return [c for c in case["portfolio"].get("components", []) if c["id"] in ids]


def name_cells(run, underlying, entries):
    n = 3 * (2 * run.g["bucketsPerSide"] + 1)
    names = [f"bucket-{i // 3 + 1}-{COLUMNS[i % 3]}" for i in range(n)]
    names += [f"extended-{i + 1}" for i in range(len(entries) - n)]
    return {f"cell:matrix-{underlying}/{name}": value for name, value in zip(names, entries)}


def totals(run, account, worst, roll, delta, parts, orders, haircuts):
    matrix = rounded(worst, run.g["worstCaseDecimals"]) + delta + roll + parts
    return {
        f"{account}/initial/matrix/worst-case/unrounded": worst,
        f"{account}/initial/matrix/roll": roll,
        f"{account}/initial/matrix/delta": delta,
        f"{account}/initial/matrix": matrix,
        f"{account}/initial": rounded(matrix + orders + haircuts, run.g["initialDecimals"]),
        f"{account}/maintenance": run.g["maintenanceFactor"] * matrix,
    }


def segregated(case):
    run = Run("deribit-portfolio", case)
    expected, accounts = {}, {}
    for (underlying, settlement), held in vectors_of(case).items():
        pair, index = run.p["pairs"][underlying.lower() + "_usd"], case["market"]["indices"][underlying]
        risk, offset = run.row(underlying, settlement, "linearCurrency"), run.row(underlying, settlement, "offsetCurrency")
        coin = settlement == underlying
        profit = lambda m, c: sum(run.profit(pair, i, q, index, m, c) for i, q in held)
        entries = run.entries(pair, risk, offset, index, coin, profit)
        roll, delta = run.shocks(pair, risk, index, held)
        at = accounts.setdefault(settlement, {"alone": [], "together": [], "roll": 0.0, "delta": 0.0})
        at["together" if offset["correlationSet"] else "alone"].append(entries)
        at["roll"] += roll * (1 if coin else index)
        at["delta"] += delta / (index if coin else 1)
        cells = name_cells(run, underlying, entries)
        if not set(cells) & set(expected):
            expected |= cells
    for settlement, a in accounts.items():
        groups = a["alone"] + ([[sum(e) for e in zip(*a["together"])]] if a["together"] else [])
        worst = sum(max(0.0, -min(g)) for g in groups)
        own = [c for c in components(case, ["open-orders", "market-maker-protection", "spot-orders"]) if c["currency"] == settlement]
        parts = [c for c in components(case, ["correlation-contingency"]) if c["currency"] == settlement]
        expected |= totals(run, settlement, worst, a["roll"], a["delta"], sum(c["amount"] for c in parts), sum(c["amount"] for c in own), 0)
    return expected


def cross(case):
    run = Run("deribit-cross-portfolio", case)
    indices = case["market"]["indices"]
    usd = lambda currency: indices.get(currency, 1.0)
    expected, worst, roll, delta, haircuts = {}, 0.0, 0.0, 0.0, 0.0
    vectors, equities = vectors_of(case), {}
    for b in case["portfolio"].get("balances", []):
        rules = run.p["collateral"].get(b["currency"].lower())
        if rules is None:
            continue
        haircuts += rules["haircut"] * max(b["equity"], 0) * usd(b["currency"])
        if rules["equityImpact"] != "none":
            joined = rules.get("countsAs", b["currency"]).upper()
            equities.setdefault(joined, []).append((b["equity"] * usd(b["currency"]), rules["equityImpact"]))
    for underlying in sorted({u for u, _ in vectors} | set(equities)):
        pair, index = run.p["pairs"][underlying.lower() + "_usd"], indices[underlying]
        risk, offset = run.row(underlying, "USD", "linearCurrency"), run.row(underlying, "USD", "offsetCurrency")
        held = [h for (u, _), hs in vectors.items() if u == underlying for h in hs]
        held_equity = equities.get(underlying, [])

        def profit(m, c):
            coins = sum(v * m for v, impact in held_equity if impact == "both" or m > 0)
            return sum(run.profit(pair, i, q, index, m, c) for i, q in held) + coins

        entries = run.entries(pair, risk, offset, index, False, profit)
        expected |= name_cells(run, underlying, entries)
        worst += max(0.0, -min(entries))
        for (u, settlement), hs in vectors.items():
            if u == underlying:
                r, d = run.shocks(pair, run.row(u, settlement, "linearCurrency"), index, hs)
                roll += r * index
                delta += d
    in_usd = lambda ids: sum(c["amount"] * usd(c["currency"]) for c in components(case, ids))
    orders = in_usd(["open-orders", "market-maker-protection", "spot-orders"])
    return expected | totals(run, "cross", worst, roll, delta, in_usd(["correlation-contingency"]), orders, haircuts)


def option(underlying, kind, strike, forward, volatility, expiry, **more):
    return {"kind": "option", "underlying": underlying, "optionType": kind, "strike": strike, "forward": forward,
            "volatility": volatility, "expiry": expiry, **more}


LINEAR = {"payoff": "linear"}
BTC24, ETH26 = {"BTC": 65666.19}, {"ETH": 1949.34}
BOTH26 = {"BTC": 68412.5, "ETH": 1949.34}


def over(path, value):
    return {"path": path, "value": value}


def case(title, date, indices, instruments, positions, notes="", overrides=(), balances=(), parts=()):
    listed = {k: v if v["kind"] == "option" else {"mark": indices[v["underlying"]], **v} for k, v in instruments.items()}
    return {
        "title": title, "provenance": "own-computation",
        "source": {"note": "test/golden/deribit-portfolio/compute.py"}, "date": date, "overrides": list(overrides),
        "market": {"indices": indices, "instruments": listed},
        "portfolio": {"positions": [{"symbol": s, "coins" if listed[s]["kind"] != "option" and "payoff" not in listed[s] else "quantity": q}
                                    for s, q in positions],
                      "balances": [{"currency": c, "equity": e} for c, e in balances],
                      "components": [{"id": i, "currency": c, "amount": a} for i, c, a in parts]},
        "notes": notes,
    }


PERP, EPERP = {"kind": "perpetual", "underlying": "BTC"}, {"kind": "perpetual", "underlying": "ETH"}
KEEP_BTC = [over("/currencies/btc/profitOffset", 1), over("/currencies/btc/maximumOffsetProfit", 1e12)]

SEGREGATED = {
    "last-hours": case("Half a day to expiry: days count as one in the volatility shock", "2024-06-17", BTC24,
        {"C": option("BTC", "call", 66000, 65700, 0.55, "2024-06-17T20:00:00Z"), "P": option("BTC", "put", 64000, 65700, 0.57, "2024-06-17T20:00:00Z")},
        [("C", -20), ("P", -15)], overrides=KEEP_BTC),
    "calm-btc": case("Low volatility: the least volatility after the rise binds", "2024-06-17", BTC24,
        {"C": option("BTC", "call", 68000, 66000, 0.22, "2024-08-30T08:00:00Z")}, [("C", -5)], overrides=KEEP_BTC),
    "calm-btc-before": case("Low volatility, the other reading: the rise starts from the least volatility", "2024-06-17", BTC24,
        {"C": option("BTC", "call", 68000, 66000, 0.22, "2024-08-30T08:00:00Z")}, [("C", -5)],
        overrides=[*KEEP_BTC, over("/general/minimumVolatility", "before-shock")]),
    "calm-eth": case("ETH, low volatility and a long tenor", "2026-02-15", ETH26,
        {"P": option("ETH", "put", 1900, 1960, 0.25, "2026-05-29T08:00:00Z")}, [("P", -40)]),
    "long-eth": case("ETH, eight months: the long power, and a roll rate above its floor", "2026-02-15", ETH26,
        {"C": option("ETH", "call", 2400, 2010, 0.7, "2026-09-25T08:00:00Z"), "F": {"kind": "future", "underlying": "ETH", "mark": 2008.5, "expiry": "2026-09-25T08:00:00Z"}},
        [("C", 120), ("F", -30)]),
    "roll-btc": case("BTC, a year: the exponential roll charge", "2024-06-17", BTC24,
        {"F": {"kind": "future", "underlying": "BTC", "mark": 71250.5, "expiry": "2025-06-27T08:00:00Z"}, "PERP": PERP}, [("F", 12), ("PERP", -12)]),
    "delta-cap-btc": case("5,000 BTC short: the delta shock at its cap", "2024-06-17", BTC24, {"PERP": PERP}, [("PERP", -5000)]),
    "delta-eth": case("20,000 ETH long: the delta shock below its cap", "2026-02-15", ETH26, {"PERP": EPERP}, [("PERP", 20000)]),
    "delta-cap-eth": case("60,000 ETH long: the delta shock at its cap, profits cut at theirs", "2026-02-15", ETH26, {"PERP": EPERP}, [("PERP", 60000)]),
    "profit-cap-eth": case("100,000 ETH short: kept profit reaches its cap", "2026-02-15", ETH26, {"PERP": EPERP}, [("PERP", -100000)]),
    "delta-reduced": case("Long options reduce the delta that is charged, not beyond zero", "2024-06-17", BTC24,
        {"PERP": PERP, "P": option("BTC", "put", 70000, 66200, 0.5, "2024-07-26T08:00:00Z"), "C": option("BTC", "call", 66000, 66200, 0.52, "2024-07-26T08:00:00Z")},
        [("PERP", 900), ("P", 600), ("C", -200)]),
    "extended": case("1,500 short far puts and calls: an extended entry binds", "2024-06-17", BTC24,
        {"C": option("BTC", "call", 140000, 67000, 0.65, "2024-08-16T08:00:00Z"), "P": option("BTC", "put", 30000, 67000, 0.7, "2024-08-16T08:00:00Z")},
        [("C", -1500), ("P", -1500)]),
    "profit-cap-btc": case("Half of a profit kept, up to 100,000 USD", "2024-06-17", BTC24, {"PERP": PERP}, [("PERP", 20)],
        overrides=[over("/currencies/btc/profitOffset", 0.5), over("/currencies/btc/maximumOffsetProfit", 100000)]),
    "linear-two-bases": case("USDC account with BTC and ETH products: worst cases of the bases add", "2026-09-23", {"BTC": 98000, "ETH": 3480.2},
        {"BP": {"kind": "perpetual", "underlying": "BTC", "mark": 98020, **LINEAR}, "EP": {"kind": "perpetual", "underlying": "ETH", "mark": 3481.1, **LINEAR},
         "BC": option("BTC", "call", 105000, 98300, 0.44, "2026-10-30T08:00:00Z", **LINEAR)},
        [("BP", 1.5), ("EP", -40), ("BC", -2)], balances=[("USDC", 250000)]),
    "linear-correlated": case("The same with the correlation set: entries of the bases are added before the worst is taken", "2026-09-23", {"BTC": 98000, "ETH": 3480.2},
        {"BP": {"kind": "perpetual", "underlying": "BTC", "mark": 98020, **LINEAR}, "EP": {"kind": "perpetual", "underlying": "ETH", "mark": 3481.1, **LINEAR},
         "BC": option("BTC", "call", 105000, 98300, 0.44, "2026-10-30T08:00:00Z", **LINEAR)},
        [("BP", 1.5), ("EP", -40), ("BC", -2)], balances=[("USDC", 250000)],
        overrides=[over("/currencies/btc/correlationSet", True), over("/currencies/eth/correlationSet", True), *KEEP_BTC]),
    "linear-settlement-offset": case("Profit offset of the settlement currency: kept profit reaches 1 million USD", "2026-09-23", {"BTC": 98000},
        {"BP": {"kind": "perpetual", "underlying": "BTC", "mark": 98020, **LINEAR}}, [("BP", 200)], overrides=[over("/general/offsetCurrency", "settlement")]),
    "linear-year": case("Linear future of a year: roll rate of USD above its floor, profit at the index", "2026-09-23", {"BTC": 98000},
        {"F": {"kind": "future", "underlying": "BTC", "mark": 103400, "expiry": "2027-09-24T08:00:00Z", **LINEAR}}, [("F", -3)],
        overrides=[over("/general/linearFuturePrice", "index")]),
    "order-parts": case("Order parts raise the initial margin only; the correlation contingency raises both", "2026-09-23", BOTH26,
        {"PERP": PERP, "EP": EPERP}, [("PERP", 0.75), ("EP", -12)], balances=[("BTC", 1.25), ("ETH", 10)],
        parts=[("open-orders", "BTC", 0.0123456789), ("spot-orders", "BTC", 0.004), ("market-maker-protection", "ETH", 0.3), ("correlation-contingency", "BTC", 0.02)]),
    "hedged": case("Perpetual against perpetual of equal size: only rounding is left of the worst case", "2024-06-17", BTC24,
        {"PERP": PERP, "F": {"kind": "future", "underlying": "BTC", "mark": 66100.5, "expiry": "2024-06-28T08:00:00Z"}}, [("PERP", 3), ("F", -3)]),
}

WIDE = {
    "BP": {"kind": "perpetual", "underlying": "BTC"}, "BL": {"kind": "perpetual", "underlying": "BTC", **LINEAR},
    "BF": {"kind": "future", "underlying": "BTC", "mark": 71800.5, "expiry": "2027-02-26T08:00:00Z"},
    "BC": option("BTC", "call", 74000, 68900, 0.3, "2026-05-29T08:00:00Z"), "BQ": option("BTC", "put", 62000, 68650, 0.47, "2026-02-27T08:00:00Z", **LINEAR),
    "EP": {"kind": "perpetual", "underlying": "ETH"}, "EL": {"kind": "perpetual", "underlying": "ETH", **LINEAR},
    "EF": {"kind": "future", "underlying": "ETH", "mark": 2030.25, "expiry": "2026-12-25T08:00:00Z"},
    "EC": option("ETH", "call", 2200, 1985, 0.3, "2026-06-26T08:00:00Z"), "EQ": option("ETH", "put", 1800, 1955, 0.68, "2026-02-27T08:00:00Z", **LINEAR),
}

CROSS = {
    "wide": case("Inverse and linear futures and options of two bases with coin equity", "2026-02-15", BOTH26, WIDE,
        [("BP", 4), ("BL", -2.5), ("BF", 1), ("BC", -6), ("BQ", -3), ("EP", -80), ("EL", 30), ("EF", 25), ("EC", -100), ("EQ", -60)],
        balances=[("BTC", 3.2), ("ETH", 45), ("USDC", 120000)], overrides=KEEP_BTC),
    "hedged-equity": case("Coin equity hedged by a short perpetual of the same size", "2026-02-15", BOTH26, {"BL": WIDE["BL"]}, [("BL", -2)],
        balances=[("BTC", 2), ("USDC", 5000)]),
    "equity-only": case("Coins without positions: the range of each coin times its equity", "2026-02-15", BOTH26, {}, [], balances=[("BTC", 1), ("ETH", 10)]),
    "delta-btc": case("900 BTC long: delta shock in USD", "2026-02-15", BOTH26, {"BP": WIDE["BP"]}, [("BP", 900)]),
    "delta-cap-btc": case("5,000 BTC long: delta shock at its cap", "2026-02-15", BOTH26, {"BL": WIDE["BL"]}, [("BL", 5000)]),
    "delta-eth": case("20,000 ETH short: delta shock in USD", "2026-02-15", BOTH26, {"EP": WIDE["EP"]}, [("EP", -20000)]),
    "delta-cap-eth": case("60,000 ETH short: delta shock at its cap, kept profit at its own", "2026-02-15", BOTH26, {"EP": WIDE["EP"]}, [("EP", -120000)]),
    "last-hours": case("Half a day to expiry", "2026-02-15", BOTH26, {"C": option("BTC", "call", 68500, 68420, 0.6, "2026-02-15T20:00:00Z")}, [("C", -10)], overrides=KEEP_BTC),
    "extended": case("2,000 short far puts: an extended entry binds", "2026-02-15", BOTH26,
        {"P": option("BTC", "put", 30000, 68900, 0.75, "2026-04-24T08:00:00Z"), "Q": option("ETH", "put", 900, 1960, 0.9, "2026-04-24T08:00:00Z")},
        [("P", -2000), ("Q", -60000)]),
    "profit-cap": case("Half of a profit kept, up to 100,000 USD", "2026-02-15", BOTH26, {"BP": WIDE["BP"]}, [("BP", -20)],
        overrides=[over("/currencies/btc/profitOffset", 0.5), over("/currencies/btc/maximumOffsetProfit", 100000)]),
    "settlement-rates": case("The other reading: linear products by the parameters of USD", "2026-02-15", BOTH26,
        {"BL": WIDE["BL"], "LF": {"kind": "future", "underlying": "BTC", "mark": 73100, "expiry": "2027-02-26T08:00:00Z", **LINEAR}}, [("BL", 300), ("LF", -20)],
        overrides=[over("/general/linearCurrency", "settlement"), over("/general/offsetCurrency", "settlement")]),
    "haircuts-2025": case("Haircuts before 2026-01-13: stETH 15 % and no part in the ETH matrix", "2025-11-01", {**BOTH26, "STETH": 1947.1, "USYC": 1.09},
        {"EP": WIDE["EP"]}, [("EP", -8)], balances=[("STETH", 10), ("USYC", 4000), ("BUIDL", 3000), ("USDE", 2000), ("USDT", 1000), ("ETH", 0.5)]),
    "haircuts-2026": case("Haircuts from 2026-01-13: stETH 7.5 %, in the ETH matrix", "2026-02-15", {**BOTH26, "STETH": 1947.1, "USYC": 1.09},
        {"EP": WIDE["EP"]}, [("EP", -8)],
        balances=[("STETH", 10), ("USYC", 4000), ("BUIDL", 3000), ("USDE", 2000), ("USDT", 1000), ("USDC", 700), ("ETH", -0.5), ("BTC", 0.02)]),
    "rising-only": case("Equity that offsets rising prices only", "2026-02-15", BOTH26, {"EP": WIDE["EP"]}, [("EP", -8)], balances=[("ETH", 12)],
        overrides=[over("/collateral/eth/equityImpact", "rising")]),
    "order-parts": case("Order parts of several currencies in USD", "2026-09-23", BOTH26, {"BP": WIDE["BP"]}, [("BP", 0.75)], balances=[("BTC", 0.5)],
        parts=[("open-orders", "BTC", 0.0123456789), ("spot-orders", "USDC", 40), ("market-maker-protection", "ETH", 0.3), ("correlation-contingency", "BTC", 0.02)]),
}

if __name__ == "__main__":
    for method, cases, compute in (("deribit-portfolio", SEGREGATED, segregated), ("deribit-cross-portfolio", CROSS, cross)):
        for name, given in cases.items():
            expected = compute(given)
            largest = max(abs(v) for v in expected.values())
            content = {**given, "expected": expected, "tolerance": max(1e-11, 1e-12 * largest)}
            if not content["notes"]:
                del content["notes"]
            (ROOT / f"core/methodology/{method}/cases/own-{name}.json").write_text(json.dumps(content, indent=1) + "\n")
