"""Independent computation of OKX portfolio margin from the formulas of resources/docs/methodology/okx-portfolio.md.

    python3 test/golden/okx-portfolio/compute.py

reads resources/rulebooks/okx-portfolio.json, takes the portfolios below and writes core/methodology/okx-portfolio/cases/own-*.json
with expected amounts. It shares no code with the product. Python 3.11, no packages.
"""
import datetime as dt
import json
import math
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
NOW = "T08:00:00Z"


def normal(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def black(forward, strike, years, sigma, call):
    w, s = (1 if call else -1), sigma * math.sqrt(years)
    if s < 1e-10:
        return max(0.0, w * (forward - strike))
    d1 = (math.log(forward / strike) + s * s / 2) / s
    return w * (forward * normal(w * d1) - strike * normal(w * (d1 - s)))


def delta(forward, strike, years, sigma, call):
    s = sigma * math.sqrt(years)
    d1 = (math.log(forward / strike) + s * s / 2) / s
    return normal(d1) if call else normal(d1) - 1


def instant(text):
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))


def group(groups, coin):
    return next((g for g in groups.values() if coin in g["coins"] or "*" in g["coins"]), None)


def parts(amount, tiers):
    """(tier, part of the amount inside it); what is above the last bound counts in the last tier."""
    out, start = [], 0.0
    for n, tier in enumerate(tiers):
        end = amount if n == len(tiers) - 1 else min(amount, tier.get("upTo", amount))
        if end > start:
            out.append((tier, end - start))
        start = max(start, end)
    return out


def line_at(x, xs, ys):
    """Linear between the points, flat outside them."""
    if x <= xs[0]:
        return ys[0]
    for i in range(1, len(xs)):
        if x <= xs[i]:
            return ys[i - 1] + (ys[i] - ys[i - 1]) * (x - xs[i - 1]) / (xs[i] - xs[i - 1])
    return ys[-1]


class Unit:
    def __init__(self, case, p, coin, family):
        self.p, self.coin, self.indices = p, coin, case["market"]["indices"]
        self.name = coin if p["riskUnit"] == "coin" else f"{coin}-{family}"
        self.now = instant(case["date"] + NOW)
        listed = case["market"]["instruments"]
        self.held = [(listed[x["symbol"]], x["quantity"]) for x in case["portfolio"]["positions"]
                     if listed[x["symbol"]]["underlying"] == coin
                     and (p["riskUnit"] == "coin" or listed[x["symbol"]].get("quote", "USD") == family)]
        self.spot = self.indices[coin]
        equity = {b["currency"]: b for b in case["portfolio"]["balances"]}.get(coin, {"equity": 0})
        d, e = sum(self.delta(i, q) for i, q in self.held), equity["equity"]
        self.coins = 0.0
        if p["spotOffset"] in ("every-unit", family):
            if e > 0 > d:
                self.coins = min(e, -d, equity.get("riskOffsetLimit", math.inf))
            elif e < 0 < d:
                self.coins = -min(-e, d)

    def years(self, i):
        return (instant(i["expiry"]) - self.now).total_seconds() / (365 * 86400)

    def usd(self, i):
        return self.indices.get(i["quote"], 1.0) if i.get("payoff") == "linear" else 1.0

    def pair(self, i):
        own = self.indices.get(f"{self.coin}-{i.get('quote')}") if i.get("payoff") == "linear" else None
        return self.spot if own is None else own * self.usd(i)

    def call(self, i):
        return i["optionType"] == "call"

    def delta(self, i, q):
        if i["kind"] == "option":
            return q * delta(i["forward"], i["strike"], self.years(i), i["volatility"], self.call(i))
        return q if i.get("payoff") == "linear" else q / i["mark"]

    def cash(self, i, q):
        if i["kind"] == "option":
            return self.delta(i, q) * self.spot
        return q * i["mark"] * self.usd(i) if i.get("payoff") == "linear" else q

    def option_value(self, i, k=0.0, sigma=None, later=0.0):
        """USD of one option when spot and forward have moved by k: S/F discounts and does not move."""
        years = max(0.0, self.years(i) - later / 365)
        return self.pair(i) / i["forward"] * black(i["forward"] * (1 + k), i["strike"], years, i["volatility"] if sigma is None else sigma, self.call(i))

    def shocked(self, i, state):
        table, sigma, days = self.p["mr1"]["volatility"], i["volatility"], self.years(i) * 365
        if state == "same":
            return sigma
        way, mode = state.split("-")
        xs = [n["days"] for n in table["byDays"]]
        h = line_at(days, xs, [n[mode] for n in table["byDays"]]) * (1 if way == "up" else -1)
        return max(sigma + h if mode == "points" else sigma * (1 + h), table["floor"])

    def profit(self, k, state="same"):
        out = self.coins * self.spot * k
        for i, q in self.held:
            if i["kind"] == "option":
                out += q * (self.option_value(i, k, self.shocked(i, state)) - self.option_value(i))
            else:
                out += q * k * (self.pair(i) if i.get("payoff") == "linear" else 1)
        return out

    def mr1(self, out):
        moves = group(self.p["mr1"]["groups"], self.coin)["moves"]
        worst = 0.0
        for step, k in [("0", 0.0)] + [(f"{s}{n + 1}", m if s == "+" else -m) for n, m in enumerate(moves) for s in "+-"]:
            for states in (("up-points", "up-percent"), ("same",), ("down-points", "down-percent")):
                state = min(states, key=lambda s: self.profit(k, s))
                cell = self.profit(k, state)
                out[f"cell:stress-{self.name}/{step}:{state}"] = cell
                worst = max(worst, -cell)
        return worst

    def mr2(self):
        return max(0.0, sum(q * (self.option_value(i) - self.option_value(i, later=self.p["mr2"]["days"]))
                            for i, q in self.held if i["kind"] == "option"))

    def mr4(self):
        rules, buckets = self.p["mr4"], {}
        for i, q in self.held:
            if "expiry" not in i and rules["buckets"] == "dated":
                continue
            key = i.get("expiry", "")
            cash, basis = buckets.get(key, (0.0, 0.0))
            price = i["forward"] if i["kind"] == "option" else i["mark"]
            buckets[key] = (cash + self.cash(i, q), basis + self.cash(i, q) * (price / self.spot - 1))
        if self.coins and rules["buckets"] == "all":
            buckets[" spot"] = (self.coins * self.spot, 0.0)
        out = sum(abs(c) for c, _ in buckets.values()) * group(rules["forwardMove"], self.coin)["rate"]
        if rules["calendar"]["formula"] == "basis-move":
            move = group(rules["calendar"]["groups"], self.coin)["basisMove"]
            return out + move * sum(abs(b) for key, (_, b) in buckets.items() if key.strip() not in ("", "spot"))
        rate = group(rules["calendar"]["groups"], self.coin)["annualizedMove"]
        time = lambda key: 0.0 if key.strip() in ("", "spot") else (instant(key) - self.now).total_seconds() / (365 * 86400)
        ordered = sorted(((time(key), c) for key, (c, _) in buckets.items()))
        left = [c for _, c in ordered]
        for a in range(len(ordered)):
            for b in range(a + 1, len(ordered)):
                if left[a] * left[b] < 0:
                    hedged = min(abs(left[a]), abs(left[b]))
                    left[a] -= math.copysign(hedged, left[a])
                    left[b] -= math.copysign(hedged, left[b])
                    out += rate * hedged * (ordered[b][0] - ordered[a][0])
        return out

    def mr7(self):
        rules, raw = self.p["mr7"], 0.0
        for i, q in self.held:
            if i["kind"] != "option":
                raw += group(rules["linear"], self.coin)["rate"] * abs(self.cash(i, q))
                continue
            mark = i["mark"] if i.get("payoff") != "linear" else i["mark"] / i["forward"]
            slippage = min(rules["option"]["slippage"], mark) if q > 0 else rules["option"]["slippage"]
            raw += abs(q) * (slippage + rules["option"]["fee"]) * self.spot
        return sum(t["multiplier"] * part for t, part in parts(raw, group(rules["scaling"], self.coin)["tiers"]))

    def mr9(self):
        rules = self.p.get("mr9")
        if rules is None:
            return 0.0
        left = {"USDT": 0.0, "USDC": 0.0, "USD": self.coins * self.spot}
        for i, q in self.held:
            left[i["quote"] if i.get("payoff") == "linear" else "USD"] += self.cash(i, q)
        out = 0.0
        for a, b in (("USDT", "USD"), ("USDT", "USDC"), ("USDC", "USD")):
            volume = min(abs(left[a]), abs(left[b])) if left[a] * left[b] < 0 else 0.0
            price = self.indices.get(a, 1.0) / self.indices.get(b, 1.0)
            for key in (a, b):
                left[key] -= math.copysign(volume, left[key])
            out += sum(line_at(price, rules["prices"], t["factors"]) * part for t, part in parts(volume, rules["brackets"]))
        return out


def compute(case):
    book = json.loads((ROOT / "resources/rulebooks/okx-portfolio.json").read_text())
    versions = [v for v in book["versions"] if not v.get("byNameOnly") and v["effectiveFrom"] <= case["date"]]
    p = versions[-1]["parameters"]
    if "rules" in case:
        p = next(v["parameters"] for v in book["versions"] if v["name"] == case["rules"]["name"])
    for o in case.get("overrides", []):
        p[o["path"][1:]] = o["value"]
    out, initial, maintenance = {}, 0.0, 0.0
    listed, indices = case["market"]["instruments"], case["market"]["indices"]
    keys = dict.fromkeys((listed[x["symbol"]]["underlying"], "" if p["riskUnit"] == "coin" else listed[x["symbol"]].get("quote", "USD"))
                         for x in case["portfolio"]["positions"])
    stated = {(c["id"], c.get("underlying")): c["amount"] for c in case["portfolio"].get("components", [])}
    for coin, family in keys:
        unit = Unit(case, p, coin, family)
        n = unit.name
        mr1, mr2, extreme = unit.mr1(out), unit.mr2(), group(p["mr6"]["groups"], coin)["move"]
        mr6 = p["mr6"]["factor"] * max(0.0, -unit.profit(extreme), -unit.profit(-extreme))
        mr3 = stated.get(("vega-contingency", n), 0.0)
        mr5 = stated.get(("interest-rate-contingency", n), 0.0)
        mr4, mr7, mr9 = unit.mr4(), unit.mr7(), unit.mr9()
        mmr = max(max(mr1, mr2, mr6) + mr3 + mr4 + mr5 + mr9, mr7)
        out.update({f"{n}/mr1": mr1, f"{n}/mr2": mr2, f"{n}/mr3": mr3, f"{n}/mr4": mr4, f"{n}/mr5": mr5, f"{n}/mr6": mr6,
                    f"{n}/mr7": mr7, f"{n}/mmr": mmr, f"{n}/imr": p["initialFactor"] * mmr})
        if "mr9" in p:
            out[f"{n}/mr9"] = mr9
        initial, maintenance = initial + p["initialFactor"] * mmr, maintenance + mmr
    adjusted = liability = equity = 0.0
    balances = case["portfolio"]["balances"]
    for b in balances:
        usd, amount = indices.get(b["currency"], 1.0), b["equity"]
        equity += amount * usd
        if amount < 0:
            tiers = group(p["mr8"]["groups"], b["currency"])["tiers"]
            tier = next((t for t in tiers if -amount <= t.get("upTo", math.inf)), tiers[-1])
            maintenance += -amount * usd * tier["maintenance"]
            initial += -amount * usd * tier["initial"]
            liability += -amount * usd
            adjusted += amount * usd
        elif "marginBalance" in b:
            adjusted += b["marginBalance"] * usd
        else:
            adjusted += sum(t["rate"] * part * usd for t, part in parts(amount, group(p["collateral"], b["currency"])["tiers"]))
    out.update({"cross/initial": initial, "cross/maintenance": maintenance})
    if balances:
        out.update({"cross/equity": equity, "cross/margin-balance": adjusted, "remarks:5.4": 1 if equity < p["minimumEquity"] else 0})
        if maintenance > 0:
            out["cross/margin-ratio"] = adjusted / (maintenance + p["mr8"]["liquidationFee"] * liability)
    return out


LINEAR = {"payoff": "linear"}


def perpetual(coin, mark, quote="USDT"):
    return {"kind": "perpetual", "underlying": coin, "mark": mark, **({} if quote == "USD" else {"quote": quote, **LINEAR})}


def future(coin, mark, expiry, quote="USDT"):
    return {**perpetual(coin, mark, quote), "kind": "future", "expiry": expiry}


def option(coin, kind, strike, forward, volatility, expiry, mark, **more):
    return {"kind": "option", "underlying": coin, "optionType": kind, "strike": strike, "forward": forward, "volatility": volatility,
            "expiry": expiry, "mark": mark, **more}


def case(title, date, indices, held, balances=(), components=(), overrides=(), rules=None):
    made = {"title": title, "provenance": "own-computation", "source": {"note": "test/golden/okx-portfolio/compute.py"}, "date": date,
            "overrides": list(overrides),
            "market": {"venue": "okx", "indices": indices, "instruments": {s: i for s, (i, _) in held.items()}},
            "portfolio": {"positions": [{"symbol": s, "quantity": q} for s, (_, q) in held.items()],
                          "balances": [{"currency": c, "equity": e, **dict(more)} for c, e, *more in balances],
                          "components": list(components)}}
    return {**made, **({"rules": {"name": rules}} if rules else {})}


DAY = "2026-01-10"
MARKET = {"BTC": 90000, "ETH": 3000, "LTC": 80, "SOL": 140, "XYZ": 2, "USDT": 0.9991, "USDC": 1.0002}
OLD = {"BTC": 60000, "LTC": 80, "XYZ": 2, "USDT": 1}
Q = "2026-03-27T08:00:00Z"
Z = "2026-06-26T08:00:00Z"

CASES = {
    "options": case("Options of half a day, two weeks, 45 and 90 days: every line of the volatility table", DAY, MARKET, {
        "H": (option("BTC", "call", 90000, 90010, 0.2, "2026-01-10T20:00:00Z", 0.003), 20),
        "W": (option("BTC", "put", 86000, 90150, 0.5, "2026-01-24T08:00:00Z", 0.012), -15),
        "M": (option("BTC", "call", 95000, 90500, 0.48, "2026-02-24T08:00:00Z", 0.045), 12),
        "Y": (option("BTC", "put", 80000, 91200, 0.52, "2026-04-10T08:00:00Z", 0.05), -9),
    }, balances=[("BTC", 3), ("USDT", 40000)]),
    "decay": case("Long options only: time decay counts when nothing else loses more", DAY, MARKET, {
        "C": (option("BTC", "call", 90000, 90010, 0.55, "2026-01-12T08:00:00Z", 0.0161), 30),
        "P": (option("BTC", "put", 90000, 90010, 0.55, "2026-01-12T08:00:00Z", 0.0160), 30),
    }),
    "cheap-long-options": case("A long option below the slippage costs its mark and the fee", DAY, MARKET, {
        "C": (option("ETH", "call", 6000, 3010, 0.7, Q, 0.004), 500), "P": (option("ETH", "put", 2000, 3010, 0.7, Q, 0.03), 400),
    }, components=[{"id": "vega-contingency", "currency": "USD", "underlying": "ETH", "amount": 1200},
                   {"id": "interest-rate-contingency", "currency": "USD", "underlying": "ETH", "amount": 300}]),
    "linear-option": case("An option paid in a stablecoin, on the index of its pair", DAY, {**MARKET, "ETH-USDC": 3004}, {
        "C": (option("ETH", "call", 3200, 3020, 0.65, Q, 180, quote="USDC", **LINEAR), -40), "F": (perpetual("ETH", 3002), 12),
    }),
    "calendars": case("Perpetuals against two expiries, in three groups of coins", DAY, MARKET, {
        **{f"{c}-{s}": (i, q) for c, price, size in (("BTC", 90000, 4), ("SOL", 140, 900), ("XYZ", 2, 50000))
           for s, i, q in (("P", perpetual(c, price * 1.0004), size), ("Q", future(c, price * 1.01, Q), -1.4 * size), ("Z", future(c, price * 1.03, Z, "USD"), 0.9 * size * price))},
    }),
    "groups": case("One linear contract of every group of coins", DAY, MARKET, {
        "E": (perpetual("ETH", 3001), 100), "L": (perpetual("LTC", 80.1), -4000), "S": (perpetual("SOL", 140.2, "USDC"), 700),
        "X": (perpetual("XYZ", 2.01), -90000)}, balances=[("USDC", 10500 / 1.0002)]),
    "before-2025": case("Rules before the merge: families apart, basis of dated futures", "2024-07-01", OLD, {
        **{f"{c}-{s}": (i, q) for c, price, size in (("BTC", 60000, 4), ("LTC", 80, 900), ("XYZ", 2, 50000))
           for s, i, q in (("P", perpetual(c, price * 1.0004), size), ("Q", future(c, price * 1.01, "2024-09-27T08:00:00Z"), -1.4 * size),
                           ("Z", future(c, price * 1.03, "2024-12-27T08:00:00Z", "USD"), 0.9 * size * price))},
    }, balances=[("BTC", -1), ("USDT", 20000)]),
    "first-rules": case("The first rules: perpetuals have no basis risk, 100,000 USD are asked for", "2022-05-02", OLD, {
        "P": (perpetual("BTC", 60010), 2), "Q": (future("BTC", 60900, "2022-09-30T08:00:00Z"), -1.5)}, balances=[("USDT", 105000)]),
    "large-btc": case("7,000 million USD of BTC: every tier of the scaling", DAY, MARKET, {"P": (perpetual("BTC", 90000), 80000)}),
    "large-ltc": case("Every tier of the second group", DAY, MARKET, {"P": (perpetual("LTC", 80), 400000)}),
    "large-other": case("Every tier of the other coins", DAY, MARKET, {"P": (perpetual("XYZ", 2), 16000000)}),
    "depeg-deep": case("Hedges between stablecoins, USDT at 0.90", DAY, {**MARKET, "USDT": 0.9, "USDC": 1.0}, {
        "T": (perpetual("BTC", 90000), 120), "C": (perpetual("BTC", 90000, "USDC"), -40), "D": (perpetual("BTC", 90000, "USD"), -5000000)}),
    "depeg-light": case("Hedges between stablecoins, USDT at 0.9925", DAY, {**MARKET, "USDT": 0.9925, "USDC": 1.0}, {
        "T": (perpetual("BTC", 90000), -120), "C": (perpetual("BTC", 90000, "USDC"), 90), "D": (perpetual("BTC", 90000, "USD"), 1500000)}),
    "stated-discount": case("Discounted equity of a coin as the venue states it", DAY, MARKET, {"P": (perpetual("BTC", 90050), 1)},
        balances=[("BTC", 2, ("marginBalance", 1.95)), ("USDT", 3000)]),
    "spot-capped": case("Spot in use up to the user's own cap; debt in another coin", DAY, MARKET, {
        "P": (perpetual("BTC", 90050), -5), "E": (perpetual("ETH", 3001), 30)},
        balances=[("BTC", 4, ("riskOffsetLimit", 3)), ("ETH", -10), ("USDT", -2000), ("USDC", 5000)]),
    "roll-out": case("An account that was moved on the first day of the roll-out: merged units with the moves of before", "2025-01-02",
        {"BTC": 95000, "USDT": 0.9995}, {"P": (perpetual("BTC", 95040), 3), "I": (perpetual("BTC", 95010, "USD"), -200000)}, rules="merged-2024-12-30"),
}

if __name__ == "__main__":
    for name, given in CASES.items():
        expected = compute(given)
        content = {**given, "expected": expected, "tolerance": max(1e-8, 1e-11 * max(abs(v) for v in expected.values()))}
        (ROOT / f"core/methodology/okx-portfolio/cases/own-{name}.json").write_text(json.dumps(content, indent=1) + "\n")
