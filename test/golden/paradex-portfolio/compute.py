"""Independent computation of Paradex portfolio margin from the formulas of resources/docs/methodology/paradex-portfolio.md.

    python3 test/golden/paradex-portfolio/compute.py

reads resources/rulebooks/paradex-portfolio.json, takes the portfolios below and writes
core/methodology/paradex-portfolio/cases/own-*.json with expected amounts. It shares no code with the product. Python 3.11, no packages.
"""
import datetime as dt
import json
import math
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
DATE = "2026-07-01"


def normal(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def black(forward, strike, years, sigma, call):
    w, s = (1 if call else -1), sigma * math.sqrt(years)
    d1 = (math.log(forward / strike) + s * s / 2) / s
    return w * (forward * normal(w * d1) - strike * normal(w * (d1 - s)))


def delta(forward, strike, years, sigma, call):
    s = sigma * math.sqrt(years)
    d1 = (math.log(forward / strike) + s * s / 2) / s
    return normal(d1) if call else normal(d1) - 1


def instant(text):
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00"))


def parameters(case):
    book = json.loads((ROOT / "resources/rulebooks/paradex-portfolio.json").read_text())
    p = [v["parameters"] for v in book["versions"] if v["effectiveFrom"] <= case["date"]][-1]
    for o in case.get("overrides", []):
        *path, last = o["path"].split("/")[1:]
        at = p
        for key in path:
            at = at[key]
        at[last] = o["value"]
    return p


def compute(case):
    p, now = parameters(case), instant(case["date"] + "T08:00:00Z")
    vol, expected = p["volatility"], {}
    listed = case["market"]["instruments"]
    held = [(listed[x["symbol"]], x["quantity"]) for x in case["portfolio"]["positions"]]
    years = lambda i: (instant(i["expiry"]) - now).total_seconds() / (365 * 86400)
    total_initial = total_maintenance = 0.0
    for asset in dict.fromkeys(i["underlying"] for i, _ in held):
        own, spot = p["assets"][asset], case["market"]["indices"][asset]
        book = [(i, q) for i, q in held if i["underlying"] == asset]

        def profit(scenario):
            k, out = scenario["spotShock"], 0.0
            for i, q in book:
                if i["kind"] == "perpetual":
                    out += q * spot * k
                    continue
                t, call = years(i), i["optionType"] == "call"
                days = t * 365
                power = vol["shortPower"] if days < vol["referenceDays"] else vol["longPower"]
                e = scenario["volShock"] * (vol["referenceDays"] / max(vol["minimumDays"], days)) ** power
                if scenario["volShock"] > 0:
                    e = max(e, own["minimumVolatilityUp"])
                f = i["forward"]
                out += q * (black(f * (1 + k), i["strike"], t, i["volatility"] * (1 + e), call) - black(f, i["strike"], t, i["volatility"], call))
            return out

        scan = 0.0
        for n, scenario in enumerate(own["scenarios"], 1):
            cell = scenario["weight"] * profit(scenario)
            expected[f"cell:scan-{asset}/{n}"] = cell
            scan = max(scan, -cell)
        deltas, value, funding = [], {"perpetual": 0.0, "option": 0.0}, 0.0
        for i, q in book:
            if i["kind"] == "perpetual":
                deltas.append(q)
                funding += q * spot * own["fundingRate"] * p["fundingProvisionHours"] / 8
                value["perpetual"] += abs(q) * i["mark"]
            else:
                t = years(i)
                deltas.append(q * delta(i["forward"], i["strike"], t, i["volatility"], i["optionType"] == "call") * i["forward"] / spot)
                value["option"] += abs(q) * i["mark"]
        net, gross = sum(deltas), sum(abs(d) for d in deltas)
        least = (own["unhedgedFactor"] * abs(net) + own["hedgedFactor"] * (gross - abs(net)) / 2) * spot
        provisions = max(0.0, funding) + sum(p["fees"][kind] * value[kind] for kind in value)
        required = max(scan, least)
        expected.update({f"{asset}/scan": scan, f"{asset}/minimum-delta": least, f"{asset}/net": required,
                         f"{asset}/initial": required + provisions,
                         f"{asset}/maintenance": p["maintenanceFactor"] * required + provisions})
        total_initial += required + provisions
        total_maintenance += p["maintenanceFactor"] * required + provisions
    expected.update({"cross/initial": total_initial, "cross/maintenance": total_maintenance})
    balances = case["portfolio"]["balances"]
    if balances:
        account = sum(b["equity"] for b in balances)
        expected.update({"cross/margin-balance": account, "cross/margin-ratio": total_maintenance / account,
                         "cross/free": min(account - total_initial, balances[0]["balance"])})
    return expected


LINEAR = {"payoff": "linear", "quote": "USD", "settlement": "USDC"}


def perpetual(asset, mark):
    return {"kind": "perpetual", "underlying": asset, "mark": mark, **LINEAR}


def option(asset, kind, strike, forward, volatility, expiry, mark):
    return {"kind": "option", "underlying": asset, "optionType": kind, "strike": strike, "forward": forward, "volatility": volatility,
            "expiry": expiry, "mark": mark, **LINEAR}


def smile(asset, spot):
    """Strikes from a third to six times the spot, half a day to six months: every scenario moves something."""
    near, month, far = "2026-07-01T20:00:00Z", "2026-07-17T08:00:00Z", "2026-12-25T08:00:00Z"
    grow = {near: 1.0002, month: 1.002, far: 1.02}
    made = {}
    for name, kind, times, sigma, expiry, quantity in (
        ("N", "put", 0.98, 0.6, near, -2), ("A", "put", 0.7, 0.75, month, -3), ("B", "call", 1.05, 0.6, month, 4),
        ("L", "put", 0.35, 0.9, far, -6), ("M", "call", 1.6, 0.8, far, -5), ("H", "call", 3, 0.9, far, 7), ("X", "call", 5.5, 1.0, far, -9)):
        made[f"{asset}-{name}"] = (option(asset, kind, spot * times, spot * grow[expiry], sigma, expiry, spot * 0.01), quantity)
    return {f"{asset}-PERP": (perpetual(asset, spot * 1.001), 1.5), **made}


def case(title, indices, instruments, date=DATE, balances=(), overrides=()):
    return {"title": title, "provenance": "own-computation", "source": {"note": "test/golden/paradex-portfolio/compute.py"},
            "date": date, "overrides": list(overrides),
            "market": {"venue": "paradex", "indices": indices, "instruments": {s: i for s, (i, _) in instruments.items()}},
            "portfolio": {"positions": [{"symbol": s, "quantity": q} for s, (_, q) in instruments.items()], "balances": list(balances)}}


CASES = {
    **{f"smile-{asset.lower()}": case(f"{asset}: strikes and expiries that feel every scenario", {asset: spot}, smile(asset, spot))
       for asset, spot in (("BTC", 70000), ("ETH", 2500), ("HYPE", 40), ("CL", 65))},
    "before-2026-04-06": case("The first version: heavier tail weights and no least rise", {"BTC": 70000}, smile("BTC", 70000), date="2026-03-20"),
    "hedged": case("A hedged book: the minimum delta requirement binds, with funding, fees and a balance", {"BTC": 70000},
        {"PERP": (perpetual("BTC", 70050), 10), "C": (option("BTC", "call", 20000, 70000, 0.9, "2026-07-17T08:00:00Z", 50000), -10)},
        balances=[{"currency": "USDC", "equity": 60000, "balance": 40000}],
        overrides=[{"path": "/assets/BTC/fundingRate", "value": 0.0002}, {"path": "/fees/perpetual", "value": 0.0003},
                   {"path": "/fees/option", "value": 0.0004}]),
    "two-assets": case("Two assets do not offset; funding that is received is not credited", {"BTC": 70000, "ETH": 2500},
        {"BTC-PERP": (perpetual("BTC", 70050), 2), "ETH-PERP": (perpetual("ETH", 2501), -56)},
        balances=[{"currency": "USDC", "equity": 60000, "balance": 90000}],
        overrides=[{"path": "/assets/ETH/fundingRate", "value": 0.0002}]),
}

if __name__ == "__main__":
    for name, given in CASES.items():
        expected = compute(given)
        content = {**given, "expected": expected, "tolerance": max(1e-9, 1e-11 * max(abs(v) for v in expected.values()))}
        (ROOT / f"core/methodology/paradex-portfolio/cases/own-{name}.json").write_text(json.dumps(content, indent=1) + "\n")
