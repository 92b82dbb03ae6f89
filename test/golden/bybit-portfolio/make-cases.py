"""Expected figures of the cases own-*.json of bybit-portfolio (all but own-collateral), computed apart from the program
from the numbered rules of resources/docs/methodology/bybit-portfolio.md. Writes the case files.

Python 3, standard library only:  python3 test/golden/bybit-portfolio/make-cases.py
"""

import json
import math
import os
from datetime import datetime

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "../../../core/methodology/bybit-portfolio/cases")

# Parameters of the rulebook, the same for every coin.
RULES = dict(up=0.24, down=0.2, days=30, power=0.3, initial=1.2, future=0.0003, option=0.0, vega=0.0003, delta=0.0)


def normal(x):
    return 0.5 * (1 + math.erf(x / math.sqrt(2)))


def black(forward, strike, volatility, years, option_type):
    spread = volatility * math.sqrt(years)
    if spread <= 0:
        return max(0, forward - strike if option_type == "call" else strike - forward)
    d1 = math.log(forward / strike) / spread + spread / 2
    call = forward * normal(d1) - strike * normal(d1 - spread)
    return call if option_type == "call" else call - forward + strike


def black_delta(forward, strike, volatility, years, option_type):
    spread = volatility * math.sqrt(years)
    d1 = math.log(forward / strike) / spread + spread / 2
    return normal(d1) if option_type == "call" else normal(d1) - 1


def years_between(start, end):
    instant = lambda text: datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
    return (instant(end) - instant(start)) / 86400 / 365


def price_moves(edge, per_side=5):
    return [float("%.12g" % (-edge + edge * i / per_side)) for i in range(2 * per_side + 1)]


def hedged_pairs(dated):
    """(from, to, amount) of opposite amounts, each with the latest open one before it."""
    by_time = {}
    for years, amount in dated:
        by_time[years] = by_time.get(years, 0) + amount
    still_open, pairs = [], []
    for years in sorted(by_time):
        left = by_time[years]
        while still_open and still_open[-1][1] * left < 0:
            last = still_open[-1]
            amount = min(abs(last[1]), abs(left))
            pairs.append((last[0], years, amount))
            left -= math.copysign(amount, left)
            last[1] -= math.copysign(amount, last[1])
            if last[1] == 0:
                still_open.pop()
        if left:
            still_open.append([years, left])
    return pairs


class Unit:
    """One risk unit: instruments, positions [(symbol, quantity)] and the indices of the market."""

    def __init__(self, as_of, indices, instruments, positions, coin, edge, rules, size, direction):
        self.instruments, self.positions, self.indices = instruments, positions, indices
        self.index, self.rules, self.edge, self.direction = indices[coin], rules, edge, direction
        self.years = {s: years_between(as_of, i["expiry"]) if "expiry" in i else 0 for s, i in instruments.items()}
        self.derivatives = [(s, q) for s, q in positions if instruments[s]["kind"] != "spot"]
        held = sum(q for s, q in positions if instruments[s]["kind"] == "spot")
        delta = sum(self.delta(s, q) for s, q in self.derivatives)
        offset = math.copysign(min(abs(held), abs(delta)), held) if held * delta < 0 else 0
        self.spot = held if size == "held" else offset

    def usd(self, symbol):
        return self.indices.get(self.instruments[symbol].get("quote", "USD"), 1)

    def is_option(self, symbol):
        return self.instruments[symbol]["kind"] == "option"

    def delta(self, symbol, quantity):
        i = self.instruments[symbol]
        if i["kind"] == "option":
            terms = (i["forward"], i["strike"], i["volatility"], self.years[symbol], i["optionType"])
            return quantity * black_delta(*terms)
        return quantity / i["mark"] if i["payoff"] == "inverse" else quantity

    def profit(self, symbol, quantity, move, shock):
        i = self.instruments[symbol]
        if i["kind"] != "option":
            return quantity * move if i["payoff"] == "inverse" else quantity * self.usd(symbol) * i["mark"] * move
        years = self.years[symbol]
        whole_days = max(1, math.ceil(years * 365 - 1e-9))
        factor = (self.rules["days"] / whole_days) ** self.rules["power"]
        moved = black(i["forward"] * (1 + move), i["strike"], max(0, i["volatility"] * (1 + shock * factor)), years, i["optionType"])
        return quantity * self.usd(symbol) * (moved - black(i["forward"], i["strike"], i["volatility"], years, i["optionType"]))

    def cells(self):
        found = {}
        for move in price_moves(self.edge):
            for name, shock in (("up", self.rules["up"]), ("same", 0), ("down", -self.rules["down"])):
                spot = self.spot * self.index * move
                spot = max(0, spot) if self.direction == "gains-only" else spot
                found[f"{move:g} {name}"] = sum(self.profit(s, q, move, shock) for s, q in self.derivatives) + spot
        return found

    def contingencies(self):
        options = [(s, q) for s, q in self.derivatives if self.is_option(s)]
        futures = [(s, q) for s, q in self.derivatives if not self.is_option(s)]
        series = {}
        for symbol, quantity in options:
            key = (self.instruments[symbol]["strike"], self.instruments[symbol]["optionType"])
            series[key] = series.get(key, 0) + quantity
        vega = hedged_pairs([(self.years[s], q) for s, q in options])
        delta = hedged_pairs([(self.years[s], self.delta(s, q)) for s, q in self.derivatives])
        rate = {name: self.rules[name] * self.index for name in ("future", "option", "vega", "delta")}
        return {
            "future": sum(abs(self.delta(s, q)) for s, q in futures) * rate["future"],
            "option-contingency": sum(max(0, -q) for q in series.values()) * rate["option"],
            "vega-contingency": sum(a * (end - start) * 365 for start, end, a in vega) * rate["vega"],
            "delta-contingency": sum(a * (end - start) for start, end, a in delta) * rate["delta"],
        }


def write_case(name, title, date, coin, edge, indices, instruments, positions, overrides=(), rules=RULES, size="offsetting", direction="both"):
    unit = Unit(date + "T08:00:00Z", indices, instruments, positions, coin, edge, rules, size, direction)
    cells, contingencies = unit.cells(), unit.contingencies()
    names = list(cells)
    loss = max(0, -min(cells.values()))
    maintenance = loss + sum(contingencies.values())
    top = f"cross/maintenance/{coin}"
    expected = {f"cell:grid-{coin}/{names[at]}": cells[names[at]] for at in (0, 2, 6, -3, -1)}
    expected[f"{top}/maximum-loss"] = loss
    expected |= {f"{top}/contingency/{key}": amount for key, amount in contingencies.items()}
    expected |= {"cross/maintenance": maintenance, "cross/initial": rules["initial"] * maintenance}
    source = {"title": "the rules of the document, computed by a separate program"}
    case = {"title": title, "provenance": "own-computation", "source": source, "date": date}
    if overrides:
        case["overrides"] = [{"path": path, "value": value} for path, value in overrides]
    case["market"] = {"venue": "bybit", "indices": indices, "instruments": instruments}
    case["portfolio"] = {"positions": [{"symbol": s, "quantity": q} for s, q in positions]}
    case |= {"expected": expected, "tolerance": {"relative": 1e-9}}
    with open(os.path.join(CASES, name + ".json"), "w") as out:
        json.dump(case, out, indent=1, ensure_ascii=False)
        out.write("\n")


def market_of(coin, price):
    """Perpetuals and a future around a price, a straddle 4 % above it and a later put at it."""
    linear = {"underlying": coin, "payoff": "linear", "quote": "USDT"}
    strike = price * 1.04

    def option(day, expiry, at, letter, volatility, forward):
        terms = {"expiry": expiry, "strike": at, "optionType": "call" if letter == "C" else "put"}
        return {f"{coin}-{day}-{at:g}-{letter}-USDT": {"kind": "option", **linear, **terms, "forward": forward, "volatility": volatility}}

    october, december = ("30OCT26", "2026-10-30T08:00:00Z"), ("25DEC26", "2026-12-25T08:00:00Z")
    return {
        f"{coin}USDT": {"kind": "perpetual", **linear, "mark": price * 1.0005},
        f"{coin}USD": {"kind": "perpetual", "underlying": coin, "payoff": "inverse", "mark": price * 0.9995},
        f"{coin}-25DEC26": {"kind": "future", **linear, "quote": "USDC", "mark": price * 1.02, "expiry": december[1]},
        **option(*october, strike, "C", 0.55, price * 1.005),
        **option(*october, strike, "P", 0.56, price * 1.005),
        **option(*december, price, "P", 0.6, price * 1.02),
    }


def main():
    for coin, price, scale in (("BTC", 70000, 1), ("ETH", 2500, 20), ("SOL", 150, 300)):
        instruments = market_of(coin, price)
        linear, inverse, future, call, put, later = instruments
        indices = {coin: price, "USDT": 0.9995}
        inside = [(call, 2 * scale), (put, 2.1 * scale), (later, -0.5 * scale)]
        edges = [(linear, 1.5 * scale), (inverse, -0.3 * scale * price), (future, -0.4 * scale), (call, -1 * scale), (later, -2 * scale)]
        common = ("2026-10-01", coin, 0.1, indices, instruments)
        write_case(f"own-interior-{coin.lower()}", f"{coin}: loss is largest inside the grid; options of two expiries", *common, inside)
        write_case(f"own-edges-{coin.lower()}", f"{coin}: loss is largest at the edge; linear and inverse futures, short options", *common, edges)

    instruments = market_of("BTC", 70000)
    linear, _, future, call, put, later = instruments
    indices = {"BTC": 70000, "USDT": 0.9995}
    book = [(linear, 1.5), (call, -1), (put, -2), (later, 1)]
    write_case("own-wide-grid", "BTC before 2025-01-10: price range of 15 %", "2025-01-09", "BTC", 0.15, indices, instruments, book)
    rates = [("/units/BTC/optionContingency", 0.01), ("/units/BTC/deltaContingency", 0.5)]
    write_case("own-rates-set", "Rates of the user for the contingencies the venue does not publish", "2026-10-01", "BTC", 0.1,
               indices, instruments, book + [(future, -1)], rates, rules={**RULES, "option": 0.01, "delta": 0.5})

    with_spot = {**instruments, "BTC": {"kind": "spot", "underlying": "BTC", "payoff": "linear", "quote": "USD"}}
    common = ("2026-10-01", "BTC", 0.1, indices, with_spot)
    hedged = [(linear, -0.5), (call, -0.6), ("BTC", 2)]
    write_case("own-spot-offsetting", "Spot counts up to the delta of the derivatives", *common, hedged)
    write_case("own-spot-held", "Spot counts as held", *common, hedged, [("/spotHedge/size", "held")], size="held")
    write_case("own-spot-gains", "Spot counts by its gains only", *common, hedged, [("/spotHedge/direction", "gains-only")], direction="gains-only")
    write_case("own-spot-same-sign", "Spot that adds to the delta does not count", *common, [(linear, 0.5), ("BTC", 2)])


if __name__ == "__main__":
    main()
