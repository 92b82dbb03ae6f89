"""Cases of VaR and ES margins, computed a second time from the document alone (numpy, scipy); see README.md.

    python3 make_cases.py        writes the cases and the history crypto-tenors
"""
import copy
import json
import math
import pathlib

import numpy as np
from scipy.stats import norm

ROOT = pathlib.Path(__file__).resolve().parents[3]
CRYPTO = json.loads((ROOT / "test/golden/histories/crypto-2023.json").read_text())


def tenor_history():
    """Real BTC and ETH closes; SOL and all volatilities but BTC:30d are made by formula."""
    days, series = CRYPTO["days"], dict(CRYPTO["series"])
    dvol = np.array(series["volatility:BTC:30d"])
    t = np.arange(len(days))
    eth = np.array(series["price:ETH"])
    series["price:SOL"] = [round(float(v), 6) for v in 20 * (eth / eth[0]) ** 1.3 * (1 + 0.05 * np.sin(t / 7))]
    series["volatility:BTC:7d"] = [round(float(v), 6) for v in dvol * (1 + 0.15 * np.sin(t / 5))]
    series["volatility:BTC:90d"] = [round(float(v), 6) for v in 0.3 + 0.5 * dvol]
    series["volatility:BTC:180d"] = [round(float(v), 6) for v in 0.45 + 0.25 * dvol]
    for tenor in (7, 30, 90, 180):
        at = np.array(series[f"volatility:BTC:{tenor}d"])
        series[f"volatility:BTC:{tenor}d:0.25"] = [round(float(v), 6) for v in at * (1.05 + 0.04 * np.sin(t / 9 + tenor))]
        series[f"volatility:BTC:{tenor}d:0.75"] = [round(float(v), 6) for v in at * (1.15 + 0.06 * np.cos(t / 6 + tenor))]
    series["volatility:ETH:30d"] = [round(float(v), 6) for v in dvol * (1.1 + 0.05 * np.cos(t / 11))]
    series["volatility:SOL:30d"] = [round(float(v), 6) for v in dvol * (1.4 + 0.05 * np.cos(t / 13))]
    return {"name": "crypto-tenors", "source": "crypto-2023; SOL and volatilities but BTC:30d made by formula", "days": days, "series": series}


HISTORY = tenor_history()
DAY = HISTORY["days"][-1]
INDEX = {"BTC": 58000.0, "ETH": 2360.0, "SOL": 135.0}
INSTRUMENTS = {
    "BTC_USDC-PERPETUAL": dict(kind="perpetual", underlying="BTC", payoff="linear", mark=58010.0),
    "ETH_USDC-PERPETUAL": dict(kind="perpetual", underlying="ETH", payoff="linear", mark=2361.0),
    "SOL_USDC-PERPETUAL": dict(kind="perpetual", underlying="SOL", payoff="linear", mark=135.1),
    "BTC-PERPETUAL": dict(kind="perpetual", underlying="BTC", payoff="inverse", mark=58020.0),
    "BTC-C-64000": dict(kind="option", underlying="BTC", payoff="inverse", expiry="2024-10-12T00:00:00Z", strike=64000.0, optionType="call", forward=58300.0, volatility=0.55),
    "BTC-P-52000": dict(kind="option", underlying="BTC", payoff="inverse", expiry="2024-10-12T00:00:00Z", strike=52000.0, optionType="put", forward=58300.0, volatility=0.6),
    "BTC-C-60000-LONG": dict(kind="option", underlying="BTC", payoff="linear", expiry="2025-01-10T00:00:00Z", strike=60000.0, optionType="call", forward=59000.0, volatility=0.58),
    "ETH-P-2200": dict(kind="option", underlying="ETH", payoff="linear", expiry="2024-09-27T00:00:00Z", strike=2200.0, optionType="put", forward=2365.0, volatility=0.62),
    "SOL-C-150": dict(kind="option", underlying="SOL", payoff="linear", expiry="2024-10-12T00:00:00Z", strike=150.0, optionType="call", forward=135.5, volatility=0.8),
}
SMILES = [
    {
        "underlying": "BTC",
        "quote": "USD",
        "expiry": "2024-10-12T00:00:00Z",
        "points": [{"strike": float(k), "volatility": v} for k, v in ((40000, 0.78), (48000, 0.65), (54000, 0.58), (60000, 0.54), (66000, 0.56), (80000, 0.66))],
    }
]
BOOK = {"BTC-C-64000": -10, "BTC-P-52000": -10, "BTC-C-60000-LONG": 3, "BTC-PERPETUAL": 40000, "ETH_USDC-PERPETUAL": -30, "ETH-P-2200": -40}
WIDE = {"BTC_USDC-PERPETUAL": 20000, "ETH_USDC-PERPETUAL": -1200000, "SOL_USDC-PERPETUAL": 1400000, "BTC-C-64000": -100}


def years(symbol):
    expiry = np.datetime64(INSTRUMENTS[symbol]["expiry"][:10])
    return float((expiry - np.datetime64(DAY)).astype(int)) / 365


def black(forward, strike, total, is_call):
    d1 = np.log(forward / strike) / total + total / 2
    w = 1 if is_call else -1
    return w * (forward * norm.cdf(w * d1) - strike * norm.cdf(w * (d1 - total)))


class Rules(dict):
    def at(self, path):
        found = self
        for part in path.strip("/").split("/"):
            found = found[int(part)] if isinstance(found, list) else found[part]
        return found


def with_overrides(parameters, overrides):
    rules = copy.deepcopy(parameters)
    for path, value in overrides.items():
        *parents, last = path.strip("/").split("/")
        found = rules
        for part in parents:
            found = found[int(part)] if isinstance(found, list) else found[part]
        found[int(last) if isinstance(found, list) else last] = value
    return rules


def full(parameters):
    """Blocks a rulebook leaves out are off."""
    off = {
        "weighting": {"kind": "equal", "decay": 1},
        "stress": {"method": "none", "periods": [], "weight": 0, "confidence": 0.99},
        "procyclicality": {},
        "offsetShare": 1,
        "floors": {},
        "addOns": {},
    }
    rules = {**off, **copy.deepcopy(parameters)}
    rules["procyclicality"] = {**{"buffer": 0, "bufferUsed": 0, "longRunYears": 0}, **rules["procyclicality"]}
    rules["floors"] = {**{"amountUsd": 0, "shareOfNotional": 0, "perShortOption": 0}, **rules["floors"]}
    rules["stress"] = {**off["stress"], **rules["stress"]}
    rules["addOns"] = {
        **{
            "liquidity": {"method": "none", "participation": 1, "spreadShare": 0, "markets": {}, "other": {}},
            "concentration": {"weight": 0, "schedule": []},
            "dependence": {"weight": 0},
            "wrongWay": {"share": 0, "haircut": 0},
        },
        **rules["addOns"],
    }
    return rules


class Margin:
    def __init__(self, parameters, book, coins=None):
        self.r = full(parameters)
        self.book = book
        self.coins = coins or {}
        self.unders = list(dict.fromkeys(INSTRUMENTS[s]["underlying"] for s in book))

    # --- changes -------------------------------------------------------------------------------------------------
    def tenors(self, under):
        shocks = self.r["shocks"]
        options = any(INSTRUMENTS[s]["kind"] == "option" and INSTRUMENTS[s]["underlying"] == under for s in self.book)
        if shocks["volatility"] == "none" or not options:
            return []
        names = [shocks.get("index", "30d")] if shocks["volatility"] == "index" else shocks["tenors"]
        tenors = sorted(float(n[:-1]) for n in names)
        if shocks["volatility"] != "buckets":
            return tenors
        return [x if d == "atm" else (x, float(d)) for x in tenors for d in sorted(shocks["deltas"], key=lambda d: 0.5 if d == "atm" else float(d))]

    def factors(self):
        found = []
        for u in self.unders:
            found.append((u, None))
            found += [(u, t) for t in self.tenors(u)]
        if self.r["addOns"]["wrongWay"]["share"] > 0:
            found += [(c, None) for c in self.coins if c not in self.unders]
        return found

    def series(self, factor):
        u, t = factor
        if isinstance(t, tuple):
            return np.array(HISTORY["series"][f"volatility:{u}:{t[0]:g}d:{t[1]:g}"])
        return np.array(HISTORY["series"][f"price:{u}" if t is None else f"volatility:{u}:{t:g}d"])

    def kind(self, factor):
        return self.r["shocks"]["price"] if factor[1] is None else self.r["shocks"]["volatilityChange"]

    def daily(self, factor):
        v, kind = self.series(factor), self.kind(factor)
        if kind == "absolute":
            return np.diff(v)
        return np.log(v[1:] / v[:-1]) if kind == "log" else v[1:] / v[:-1] - 1

    def filtered(self, x, scale):
        f = self.r["simulation"].get("filter", {"kind": "none"})
        if not scale or f["kind"] == "none":
            return x, np.ones(len(x))
        s2 = [np.mean(x**2)]
        for v in x:
            s2.append(f["decay"] * s2[-1] + (1 - f["decay"]) * v * v)
        s = np.sqrt(s2)
        mult = np.clip(f["share"] * s[-1] / s[:-1] + 1 - f["share"], f["least"], f["most"])
        return x * mult, mult

    def windows(self, x, kind):
        h, method = self.r["horizon"]["days"], self.r["horizon"]["method"]
        if h == 1 or method == "root":
            return x
        step = 1 if method == "overlapping" else h
        n = (len(x) - h) // step + 1
        starts = [len(x) - h - (n - 1 - i) * step for i in range(n)]
        if kind == "relative":
            return np.array([np.prod(1 + x[s : s + h]) - 1 for s in starts])
        return np.array([np.sum(x[s : s + h]) for s in starts])

    def places(self, name):
        days = HISTORY["days"][1:]
        if name == "current":
            n = self.r["window"]["observations"]
            return list(range(max(0, len(days) - n), len(days)))
        if name == "stress":
            return [i for i, d in enumerate(days) if any(p["from"] <= d <= p["to"] for p in self.r["stress"]["periods"])]
        since = np.datetime64(days[-1]) - np.timedelta64(int(round(self.r["procyclicality"]["longRunYears"] * 365 * 86400)), "s")
        return [i for i, d in enumerate(days) if np.datetime64(d) > since]

    def moves(self, name, places=None):
        scale = name == "current" and places is None and self.r["simulation"]["kind"] == "historical" and self.r["simulation"].get("filter", {}).get("level") != "book"
        places = self.places(name) if places is None else places
        return {f: self.windows(self.filtered(self.daily(f)[places], scale)[0], self.kind(f)) for f in self.factors()}

    # --- losses --------------------------------------------------------------------------------------------------
    def losses(self, moves):
        """Underlying -> losses, and price moves."""
        out = {}
        shocks = self.r["shocks"]
        for u in self.unders:
            m = moves[(u, None)]
            m = np.maximum(-0.99, np.expm1(m) if shocks["price"] == "log" else m)
            total = 0
            for symbol, q in self.book.items():
                i = INSTRUMENTS[symbol]
                if i["underlying"] == u:
                    total = total - q * self.unit(symbol, i, m, moves, u)
            out[u] = total
        return out

    def unit(self, symbol, i, m, moves, u):
        if i["kind"] == "perpetual":
            if i["payoff"] == "linear":
                return i["mark"] * m
            return (1 / i["mark"] - 1 / (i["mark"] * (1 + m))) * INDEX[u] * (1 + m)
        shocks = self.r["shocks"]
        t = years(symbol)
        tenors = self.tenors(u)
        sigma = np.full(len(m), i["volatility"])
        if tenors:
            change = self.surface_change(symbol, i, tenors, moves, u, t * 365)
            sigma = sigma * self.slide(symbol, i, m)
            sigma = sigma * (1 + change) if shocks["volatilityChange"] == "relative" else sigma + change
            sigma = np.maximum(sigma, shocks["volatilityFloor"])
        elif shocks.get("sticky", "strike") != "strike":
            sigma = sigma * self.slide(symbol, i, m)
        left = max(0.0, t - (self.r["horizon"]["days"] / 365 if shocks["decay"] else 0))
        f, k, call = i["forward"], i["strike"], i["optionType"] == "call"
        now = black(f, k, i["volatility"] * math.sqrt(t), call)
        then = black(f * (1 + m), k, sigma * math.sqrt(left), call)
        if i["payoff"] == "linear":
            return then - now
        return (then / (f * (1 + m)) - now / f) * INDEX[u] * (1 + m)

    def surface_change(self, symbol, i, nodes, moves, u, days):
        def by_days(nodes):
            table, tenors = [moves[(u, x)] for x in nodes], [x[0] if isinstance(x, tuple) else x for x in nodes]
            if days <= tenors[0]:
                return table[0]
            if days >= tenors[-1]:
                return table[-1]
            k = next(j for j, x in enumerate(tenors) if x >= days)
            a, b = math.sqrt(tenors[k - 1]), math.sqrt(tenors[k])
            w = (math.sqrt(days) - a) / (b - a)
            return table[k - 1] + (table[k] - table[k - 1]) * w

        delta_of = lambda x: x[1] if isinstance(x, tuple) else 0.5
        deltas = sorted({delta_of(x) for x in nodes})
        v = i["volatility"] * math.sqrt(days / 365)
        d = norm.cdf(math.log(i["forward"] / i["strike"]) / v + v / 2)
        tables = [by_days([x for x in nodes if delta_of(x) == y]) for y in deltas]
        if d <= deltas[0]:
            return tables[0]
        if d >= deltas[-1]:
            return tables[-1]
        k = next(j for j, y in enumerate(deltas) if y >= d)
        return tables[k - 1] + (tables[k] - tables[k - 1]) * (d - deltas[k - 1]) / (deltas[k] - deltas[k - 1])

    def slide(self, symbol, i, m):
        """Volatility of the strike after the smile moved, over the one before."""
        shocks = self.r["shocks"]
        sticky = shocks.get("sticky", "strike")
        points = next((s["points"] for s in SMILES if s["expiry"] == i["expiry"] and s["underlying"] == i["underlying"]), None)
        if sticky == "strike" or points is None:
            return 1.0
        ratio = {"moneyness": 0, "local-volatility": 2, "ratio": shocks.get("stickiness", 1)}[sticky]
        logs, vols = np.log([p["strike"] for p in points]), np.array([p["volatility"] for p in points])
        at = lambda x: np.interp(x, logs, vols)
        f = math.log(i["forward"])
        k = int(np.searchsorted(logs, f))
        slope = (vols[k] - vols[k - 1]) / (logs[k] - logs[k - 1]) if 0 < k < len(logs) else 0.0
        return np.maximum(0.05, (at(math.log(i["strike"]) - np.log1p(m)) + ratio * slope * np.log1p(m)) / at(math.log(i["strike"])))

    # --- measure -------------------------------------------------------------------------------------------------
    def measure(self, losses, name, weights=None, confidence=None):
        ms = self.r["measure"]
        c = confidence or (self.r["stress"]["confidence"] if name == "stress" else ms["confidence"])
        n = len(losses)
        f = self.r["simulation"].get("filter", {})
        if name == "current" and f.get("level") == "book":
            losses = self.filtered(losses, True)[0]
        w = np.full(n, 1 / n) if weights is None else weights
        p = round(1 - c, 12)
        order = np.argsort(-losses, kind="stable")
        L, W = losses[order], w[order]
        cum = np.cumsum(W)
        k = int(np.argmax(cum >= p - 1e-12))
        if ms["statistic"] == "VaR":
            if ms["quantile"] == "next-worst":
                k = int(np.argmax(cum > p + 1e-12))
            return L[k]
        before = cum[k - 1] if k > 0 else 0.0
        return (np.sum(W[:k] * L[:k]) + (p - before) * L[k]) / p

    def factor(self):
        return math.sqrt(self.r["horizon"]["days"]) if self.r["horizon"]["method"] == "root" else 1.0

    def model(self, by, name, weights=None):
        k, f, share = self.r["multiplier"], self.factor(), self.r["offsetShare"]
        r_groups = self.r.get("offsetGroups", {})
        joint = max(0.0, self.measure(sum(by.values()), name, weights)) * f * k
        if share == 1:
            return joint
        groups = {}
        for u, x in by.items():
            group = r_groups.get(u, u)
            groups[group] = groups.get(group, 0) + x
        alone = sum(max(0.0, self.measure(x, name, weights)) for x in groups.values()) * f * k
        return max(joint, share * joint + (1 - share) * alone)

    def current(self):
        by = self.losses(self.moves("current"))
        n = len(next(iter(by.values())))
        weights = None
        wt = self.r["weighting"]
        if wt["kind"] == "age":
            lam = wt["decay"]
            weights = lam ** np.arange(n - 1, -1, -1) * (1 - lam) / (1 - lam**n)
        if self.r["stress"]["method"] == "observations":
            base = np.full(n, 1 / n) if weights is None else weights
            inside = set(self.places("current"))
            stressed = self.places("stress")
            added = [p for p in stressed if p not in inside]
            own = set(stressed)
            if self.r["horizon"]["method"] != "root" and self.r["horizon"]["days"] > 1:
                raise ValueError("cases of stressed observations use one-day scenarios")
            if added:
                extra = self.losses(self.moves("stress", added))
                by = {u: np.concatenate([extra[u], by[u]]) for u in by}
            total = n + len(added)
            joined = np.concatenate([np.full(len(added), 1 / total), (1 - len(added) / total) * base])
            marks = np.array([True] * len(added) + [p in own for p in self.places("current")])
            b, w = joined[marks].sum(), self.r["stress"]["weight"]
            weights = joined if b >= w else np.where(marks, joined * w / b, joined * (1 - w) / (1 - b))
        return by, weights

    # --- requirement ---------------------------------------------------------------------------------------------
    def run(self):
        r, out = self.r, {}
        by, weights = self.current()
        now = self.model(by, "current", weights)
        method, w = r["stress"]["method"], r["stress"]["weight"]
        blend = now
        if method in ("additive", "additive-not-below", "floor", "weighted-floor"):
            stressed = self.model(self.losses(self.moves("stress")), "stress")
            mix = (1 - w) * now + w * stressed
            blend = {"additive": mix, "additive-not-below": max(now, mix), "floor": max(now, stressed), "weighted-floor": max(now, w * stressed)}[method]
        pc = r["procyclicality"]
        floors = [blend * (1 + pc["buffer"] * (1 - pc["bufferUsed"]))]
        if pc["longRunYears"] > 0:
            floors.append(self.model(self.losses(self.moves("long-run")), "long-run"))
        fl = r["floors"]
        floors += [fl["amountUsd"], fl["shareOfNotional"] * self.gross(), fl["perShortOption"] * self.shorts()]
        adds = self.add_ons(by, weights)
        total = max(floors) + sum(adds.values())
        places = r["decimals"]
        out["cross/initial"] = round(total, places)
        out["cross/maintenance"] = round(r["maintenanceShare"] * total, places)
        out.update({f"cross/initial/add-on/{k}": v for k, v in adds.items() if v})
        return out

    def gross(self):
        total = 0
        for s, q in self.book.items():
            i = INSTRUMENTS[s]
            units = q / i["mark"] if i["kind"] == "perpetual" and i["payoff"] == "inverse" else q
            total += abs(units) * INDEX[i["underlying"]]
        return total

    def shorts(self):
        return sum(max(0, -q) * INDEX[INSTRUMENTS[s]["underlying"]] for s, q in self.book.items() if INSTRUMENTS[s]["kind"] == "option")

    def greeks(self, s, q):
        i = INSTRUMENTS[s]
        if i["kind"] == "perpetual":
            return (q / i["mark"] if i["payoff"] == "inverse" else q), 0.0
        v = i["volatility"] * math.sqrt(years(s))
        d1 = math.log(i["forward"] / i["strike"]) / v + v / 2
        delta = norm.cdf(d1) - (0 if i["optionType"] == "call" else 1)
        return q * delta, q * i["forward"] * norm.pdf(d1) * math.sqrt(years(s)) / 100

    def add_ons(self, by, weights):
        r, out = self.r["addOns"], {"liquidity": 0.0, "concentration": 0.0, "dependence": 0.0, "wrong-way": 0.0}
        k, f, h = self.r["multiplier"], self.factor(), self.r["horizon"]["days"]
        unwind = lambda t: math.sqrt((t + 1) * (2 * t + 1) / (6 * t))
        lq = r["liquidity"]
        for u in self.unders:
            g = [self.greeks(s, q) for s, q in self.book.items() if INSTRUMENTS[s]["underlying"] == u]
            delta, vega = abs(sum(d for d, _ in g)), sum(abs(v) for _, v in g)
            market = lq["markets"].get(u, lq["other"])
            alone = max(0.0, self.measure(by[u], "current", weights)) * f * k
            if not market:
                continue
            days = delta / (lq["participation"] * market["dailyVolume"])
            t = max(h, days)
            if lq["method"] == "block":
                out["liquidity"] += alone * max(0, math.sqrt(t / h) - 1)
            if lq["method"] == "unwind":
                out["liquidity"] += alone * max(0, unwind(math.ceil(t)) / unwind(h) - 1)
            out["liquidity"] += lq["spreadShare"] * (market["halfSpread"] * delta * INDEX[u] + market["halfSpreadVolatility"] * 100 * vega)
            schedule = r["concentration"]["schedule"]
            if schedule:
                rate = schedule[0]["rate"]
                for a, b in zip(schedule, schedule[1:]):
                    if days > a["days"]:
                        along = days if b is schedule[-1] else min(days, b["days"])
                        rate = a["rate"] + (b["rate"] - a["rate"]) * (along - a["days"]) / (b["days"] - a["days"])
                out["concentration"] += r["concentration"]["weight"] * alone * rate
        dp = r["dependence"]
        if dp["weight"] > 0:
            # The zero-dependence measure needs the program's generator: cases are chosen so that it is not the largest.
            moves = self.moves("current")
            order = {u: np.argsort(moves[(u, None)], kind="stable") for u in self.unders}
            perfect = self.measure(sum(by[u][order[u]] for u in self.unders), "current", None, dp["confidence"])
            alone = sorted((max(0.0, self.measure(by[u], "current", weights, dp["confidence"])) for u in self.unders), reverse=True)
            worst = max(perfect, sum(alone[: dp["factors"]]))
            out["dependence"] = dp["weight"] * f * max(0, worst - self.measure(sum(by.values()), "current", weights))
        ww = r["wrongWay"]
        if ww["share"] > 0 and self.coins:
            moves = self.moves("current")
            total = sum(by.values())
            held = {c: q * INDEX[c] for c, q in self.coins.items()}
            joint = total - sum(v * moves[(c, None)] for c, v in held.items())
            excess = f * (self.measure(joint, "current", weights) - self.measure(total, "current", weights)) - ww["haircut"] * sum(held.values())
            out["wrong-way"] = ww["share"] * max(0, excess)
        return out


def rulebook(methodology, version):
    versions = json.loads((ROOT / f"resources/rulebooks/{methodology}.json").read_text())["versions"]
    return next(v["parameters"] for v in versions if v["name"] == version)


def write(methodology, name, title, version, overrides=None, book=None, coins=None, recorded=None, tolerance=None, smiles=False):
    overrides, book = overrides or {}, book or BOOK
    expected = recorded or Margin(with_overrides(rulebook(methodology, version), overrides), book, coins).run()
    case = {
        "title": title,
        "provenance": "own-computation",
        "source": {
            "title": "test/golden/var-es-margin/make_cases.py",
            "note": "recorded from the program: it draws its own random numbers" if recorded else "computed a second time with numpy and scipy, from the document",
        },
        "date": DAY,
        "asOf": f"{DAY}T00:00:00Z",
        "rules": {"name": version},
        "overrides": [{"path": p, "value": v} for p, v in overrides.items()],
        "history": "crypto-tenors",
        "market": {
            "venue": "deribit",
            "indices": INDEX,
            "instruments": {s: INSTRUMENTS[s] for s in book},
            **({"smiles": SMILES} if smiles else {}),
        },
        "portfolio": {
            "positions": [{"symbol": s, "quantity": q} for s, q in book.items()],
            "balances": [{"currency": c, "equity": q} for c, q in (coins or {}).items()],
        },
        "expected": expected,
        "tolerance": tolerance or {"relative": 1e-7},
    }
    folder = ROOT / f"core/methodology/{methodology}/cases"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(case, indent=2) + "\n")


STRESS = {"/stress/periods/0/from": "2024-03-01", "/stress/periods/0/to": "2024-08-31"}
RECORDED = json.loads((pathlib.Path(__file__).parent / "recorded.json").read_text())


def quantities_in_three():
    return {"BTC_USDC-PERPETUAL": 2, "ETH_USDC-PERPETUAL": -30, "SOL_USDC-PERPETUAL": 300}


def base():
    m, es, var = "var-es-margin", "historical-es-97.5", "historical-var-99"
    scaled = "volatility-scaled-es-97.5"
    write(m, "own-es-two-days", "Options and futures in two coins, two-day overlapping windows", es)
    write(m, "own-decimals", "Rounded to whole dollars, maintenance a share", es, {"/decimals": 0, "/maintenanceShare": 0.75})
    write(m, "own-separate", "Windows of three days end to end", es, {"/horizon/method": "separate", "/horizon/days": 3, "/window/observations": 450})
    write(m, "own-log-changes", "Log changes of price, one day passes", var, {"/shocks/price": "log", "/shocks/decay": True})
    write(m, "own-tenors", "Volatility by tenor, linear in the root of days", es, {"/shocks/volatility": "tenors"}, {s: q for s, q in BOOK.items() if not s.startswith("ETH")})
    write(m, "own-buckets", "Volatility by tenor and delta", es, {"/shocks/volatility": "buckets"}, {s: q for s, q in BOOK.items() if not s.startswith("ETH")})
    for sticky in ("moneyness", "local-volatility", "ratio"):
        write(m, f"own-sticky-{sticky}", f"The smile moves with the price: {sticky}", es, {"/shocks/sticky": sticky, "/shocks/stickiness": 0.6}, smiles=True)
    write(m, "own-volatility-floor", "Absolute changes of volatility and a floor that binds", es, {"/shocks/volatilityChange": "absolute", "/shocks/volatilityFloor": 0.55})
    write(m, "own-filter-clamped", "Multipliers of the filter are damped and clamped", scaled, {"/simulation/filter/share": 0.8, "/simulation/filter/least": 0.85, "/simulation/filter/most": 1.15})
    write(m, "own-filter-decay", "Filter of another memory, multiplier", scaled, {"/simulation/filter/decay": 0.97, "/multiplier": 1.4})
    write(m, "own-age", "Weights by age", "age-weighted-es-97.5", {"/weighting/decay": 0.99})
    write(m, "own-book-filter", "Filter on the profits of the book", "filtered-book-es-97.5")
    for method in ("additive", "additive-not-below", "floor", "weighted-floor"):
        write(m, f"own-stress-{method}", f"Days of stress: {method}", var, {**STRESS, "/stress/method": method, "/stress/weight": 0.4, "/stress/confidence": 0.98, "/window/observations": 120, "/measure/confidence": 0.95})
    write(m, "own-stress-observations", "Days of stress inside the window", var, {**STRESS, "/stress/method": "observations", "/stress/weight": 0.85, "/window/observations": 120})
    write(m, "own-buffer", "Buffer, half of it used", es, {"/procyclicality/buffer": 0.25, "/procyclicality/bufferUsed": 0.5})
    write(m, "own-long-run", "Long look-back above the current window", var, {"/procyclicality/longRunYears": 1, "/window/observations": 100, "/measure/quantile": "next-worst", "/measure/confidence": 0.98})
    write(m, "own-offsets", "Offsets between underlyings count 80 %", es, {"/offsetShare": 0.8})
    wide = {**quantities_in_three(), "ETH-P-2200": -40}
    write(m, "own-offset-groups", "BTC and ETH are one group, SOL another", es, {"/offsetShare": 0.5, "/offsetGroups/ETH": "BTC"}, wide)
    write(m, "own-floor-amount", "Floor in USD", es, {"/floors/amountUsd": 1000000})
    write(m, "own-floor-notional", "Floor of gross notional", es, {"/floors/shareOfNotional": 0.3})
    write(m, "own-floor-short-options", "Short option minimum", es, {"/floors/perShortOption": 0.4})
    for method in ("block", "unwind"):
        write(m, f"own-liquidity-{method}", f"Large positions: liquidity, {method}", es, {"/addOns/liquidity/method": method, "/addOns/liquidity/spreadShare": 0.7}, WIDE)
    spread = {"/addOns/liquidity/spreadShare": 1, "/addOns/liquidity/markets/ETH/halfSpread": 0.001}
    write(m, "own-spread", "Half spreads of price and volatility", es, spread, {**BOOK, "SOL_USDC-PERPETUAL": 500, "SOL-C-150": -200})
    steps = {f"/addOns/concentration/schedule/{i}/rate": rate for i, rate in enumerate((0, 0.1, 0.25, 0.6, 1.5))}
    steps["/addOns/concentration/weight"] = 0.9
    quantities = {"BTC_USDC-PERPETUAL": 20000, "ETH_USDC-PERPETUAL": -1200000, "SOL_USDC-PERPETUAL": 1400000}
    write(m, "own-concentration", "Concentration by days to liquidate", es, steps, quantities)
    write(m, "own-concentration-long", "Concentration between 10 and 30 days", es, steps, {"SOL_USDC-PERPETUAL": 4000000})
    write(m, "own-dependence-together", "Two underlyings lose together", es, {"/addOns/dependence/weight": 0.5})
    write(m, "own-wrong-way", "Coins held that fall with the book", es, {"/addOns/wrongWay/share": 0.6, "/addOns/wrongWay/haircut": 0.02}, {"BTC_USDC-PERPETUAL": 2, "ETH-P-2200": -10}, {"BTC": 1.5})


def presets():
    e = "emir-etd"
    write(e, "own-option-a", "Option (a): buffer of 25 %, offsets capped at 80 %", "option-a")
    write(e, "own-option-a-used", "Option (a): buffer partly used, volatility floor binds", "option-a", {"/procyclicality/bufferUsed": 0.4, "/shocks/volatilityFloor": 0.55, "/decimals": 0})
    write(e, "own-option-b", "Option (b): stressed observations inside the window", "option-b", {**STRESS, "/horizon/days": 1, "/stress/weight": 0.9})
    write(e, "own-option-c", "Option (c): long look-back", "option-c", {"/procyclicality/longRunYears": 1, "/window/observations": 110})
    write(e, "own-otc", "OTC: 99.5 %, five days", "otc", {"/window/observations": 480, "/maintenanceShare": 0.9})
    write(e, "own-one-day", "Gross client account: one day", "gross-client-one-day", {"/multiplier": 1.1, "/window/observations": 200})
    p, stress = "prisma-style", {"/stress/periods/0/from": "2024-03-01", "/stress/periods/0/to": "2024-08-31"}
    tame = {"/simulation/filter/share": 0.8, "/simulation/filter/least": 0.9, "/simulation/filter/most": 1.1}
    write(p, "own-strangle", "Filtered VaR above the weighted stress VaR", "template-2024", {**stress, "/shocks/volatilityFloor": 0.55, **tame})
    write(p, "own-stress-floor", "Stress-period VaR binds", "template-2024", {**stress, "/window/observations": 200, "/stress/weight": 0.95, "/measure/confidence": 0.95, "/simulation/filter/most": 1, "/simulation/filter/share": 1, "/maintenanceShare": 0.9, "/decimals": 0})
    write(p, "own-wide", "Large positions: liquidity", "template-2024", {**stress, "/multiplier": 1.1}, {**WIDE, "BTC_USDC-PERPETUAL": 200000})
    write(p, "own-spread", "Half spreads", "template-2024", {**stress, "/window/observations": 201}, {**BOOK, "SOL_USDC-PERPETUAL": 500, "SOL-C-150": -200})
    i = "irm2-style"
    write(i, "own-strangle", "Filtered VaR, correlation stress, offsets capped", "template-2024", {"/shocks/volatilityFloor": 0.55, **tame})
    write(i, "own-long-run", "Five-year look-back binds", "template-2024", {"/procyclicality/longRunYears": 1, "/window/observations": 110, "/procyclicality/bufferUsed": 1, "/measure/confidence": 0.98, "/simulation/filter/most": 1, "/simulation/filter/share": 1})
    steps = {f"/addOns/concentration/schedule/{n}/rate": rate for n, rate in enumerate((0, 0.1, 0.25, 0.6, 1.5))}
    write(i, "own-wide", "Large positions: concentration and spread", "template-2024", {**steps, "/procyclicality/bufferUsed": 0.5, "/maintenanceShare": 0.9, "/decimals": 0}, WIDE)
    write(i, "own-wide-long", "Concentration between 10 and 30 days", "template-2024", {**steps, "/horizon/days": 2}, {"SOL_USDC-PERPETUAL": 4000000})
    write(i, "own-spread", "Half spreads", "template-2024", {"/multiplier": 1.1, "/addOns/dependence/factors": 1}, {**BOOK, "SOL_USDC-PERPETUAL": 500, "SOL-C-150": -200})


def simulated():
    for key, one in RECORDED.items():
        methodology, name = key.split("/")
        write(methodology, name, one["title"], one["version"], one["overrides"], {**BOOK, **one.get("book", {})}, None, one["expected"], {"relative": 1e-9})


if __name__ == "__main__":
    (ROOT / "test/golden/histories/crypto-tenors.json").write_text(json.dumps(HISTORY, separators=(",", ":")) + "\n")
    base()
    presets()
    simulated()
