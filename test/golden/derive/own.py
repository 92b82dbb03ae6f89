"""Books of our own: every published parameter set is made to bind, each number somewhere. Part of make-cases.py."""

SPOT = {"BTC": 98_000, "ETH": 3_200, "SOL": 180, "HYPE": 28, "ADA": 0.8}
DAY = 86_400

# Seconds to expiry, basis of the forward, rate: inside the settlement average, short term, long term. The last rate is
# so high that the discount factor does not limit the static discount of a short expiry.
EXPIRIES = [(400, 1.0001, 0.04), (5 * DAY, 1.001, 0.05), (100 * DAY, 1.02, 0.3), (300 * DAY, 1.06, 0.4)]


def expiries(spot, confidences):
    return [
        {
            "secondsToExpiry": seconds,
            "forward": round(spot * basis, 6),
            "forwardConfidence": confidences[i],
            "rate": rate,
            "rateConfidence": 0.9,
            "volConfidence": 0.95,
        }
        for i, (seconds, basis, rate) in enumerate(EXPIRIES)
    ]


def strike(spot, ratio):
    """A strike near a ratio of spot, with four digits."""
    return float(f"{spot * ratio:.4g}") if spot < 1000 else int(float(f"{spot * ratio:.4g}"))


def options(spot, sign):
    legs = [
        (0, 1.002, "call", -3, 0.7),
        (0, 0.997, "put", 2, 0.75),
        (1, 1.05, "call", 4, 0.6),
        (1, 0.95, "put", -6, 0.65),
        (2, 1.1, "call", 5, 0.2),
        (2, 0.9, "put", 3, 0.55),
        (3, 1.2, "call", -4, 0.58),
        (3, 0.8, "put", -2.5, 0.3),
    ]
    return [
        {"secondsToExpiry": EXPIRIES[e][0], "strike": strike(spot, k), "type": t, "amount": a * sign, "vol": v}
        for e, k, t, a, v in legs
    ]


def portfolio2(published):
    """name -> parameter set, underlying, market, portfolio"""
    cases = {}
    owners = [("btc-eth", "BTC"), ("btc-eth", "ETH"), ("sol", "SOL"), ("hype", "HYPE"), ("ada", "ADA")]
    for set_name, underlying in owners:
        for side, sign in (("long", 1), ("short", -1)):
            spot = SPOT[underlying]
            market = {
                "spot": spot,
                "spotConfidence": 0.9 if sign > 0 else 0.52,
                "stablePrice": 0.97,
                "perpPrice": round(spot * 1.0004, 6),
                "perpConfidence": 0.53 if sign > 0 else 0.8,
                "expiries": expiries(spot, (0.52, 0.9, 0.5, 0.8)),
            }
            moving = published["movingCollateral"].get(underlying, {})
            coins = {**{k: (v, False) for k, v in published["otherCollateral"].items()}, **{k: (v, True) for k, v in moving.items()}}
            portfolio = {
                "cash": 250_000,
                "perp": {"size": 3.5 * sign, "unrealisedPnl": 120.5, "unrealisedFunding": -8.25},
                "collaterals": [
                    {
                        "name": name,
                        "amount": 10,
                        "price": spot if name == underlying else 5 + i,
                        "confidence": market["spotConfidence"] if name == underlying else 0.9,
                        "movesWithSpot": moves,
                        "maintenanceHaircut": h["maintenance"],
                        "initialHaircut": h["initialAdd"],
                    }
                    for i, (name, (h, moves)) in enumerate(coins.items())
                ],
                "options": options(spot, sign),
            }
            cases[f"book-{underlying.lower()}-{side}"] = (set_name, underlying, market, portfolio)
    return cases


def portfolio1():
    """name -> day of the version, market, portfolio"""
    cases = {}
    for day in ("2023-10-23", "2023-11-22", "2024-01-05"):
        for side, sign in (("long", 1), ("short", -1)):
            spot = SPOT["ETH"]
            market = {
                "spot": spot,
                "spotConfidence": 0.9,
                "stablePrice": 0.96,
                "perpPrice": round(spot * 1.0004, 6),
                "perpConfidence": 0.53 if sign > 0 else 0.8,
                "expiries": expiries(spot, (0.52, 0.9, 0.57, 0.8)),
            }
            perp = {"size": 3.5 * sign, "unrealisedPnlAndFunding": 112.25}
            portfolio = {"cash": 5000, "perp": perp, "base": 2.5, "options": options(spot, sign)}
            cases[f"own-{day}-{side}"] = (day, market, portfolio)
    return cases


def standard(versions):
    """name -> version, market, portfolio"""

    def empty(name, spot, **more):
        market = {"name": name, "spot": spot, "spotConfidence": 0.9, "perpPrice": round(spot * 1.001, 6), "perpConfidence": 0.9}
        held = {"name": name, "perp": {"size": 0, "unrealisedPnlAndFunding": 0}, "base": 0, "options": []}
        return {**market, "expiries": [], **more}, held

    cases = {}
    for version in ("deployment-2025-01-19", "published-2026"):
        markets, held = [], []
        for i, (name, m) in enumerate(versions[version]["markets"].items()):
            spot = 100 + i
            conf = {"spotConfidence": 0.52} if i % 3 == 0 else {}
            market, own = empty(name, spot, **conf)
            if "perp" in m:
                own["perp"] = {"size": (2 + i) * (-1) ** i, "unrealisedPnlAndFunding": 3.5}
            if "base" in m:
                own["base"] = 4 + i
            markets.append(market)
            held.append(own)
        cases[f"own-all-markets-{version}"] = (version, {"stablePrice": 0.97, "markets": markets}, {"cash": 5000, "markets": held})
    for version, names in (("deployment-2023-10-23", ["ETH"]), ("published-2026", ["BTC", "SNX"])):
        markets, held = [], []
        for name in names:
            spot = 1000 if name != "SNX" else 4
            market, own = empty(name, spot)
            # One expiry a rule, so that each has a line that it decides: near call, far call, put far in the money, put out
            # of the money, calls far in the money whose largest loss is smaller, a spread.
            legs = [
                [(1.02, "call", -2)],
                [(1.6, "call", -3)],
                [(2.5, "put", -1)],
                [(0.85, "put", -2)],
                [(0.48, "call", -2), (0.481, "call", 1)],
                [(1, "put", -1), (0.95, "put", 1)],
            ]
            for i, group in enumerate(legs):
                seconds = (20 + 10 * i) * DAY
                expiry = {"secondsToExpiry": seconds, "forward": spot * 1.005, "forwardConfidence": 0.52 if i < 2 else 0.9, "volConfidence": 0.9}
                market["expiries"].append(expiry)
                own["options"] += [
                    {"secondsToExpiry": seconds, "strike": round(spot * k, 6), "type": t, "amount": a, "vol": 0.6} for k, t, a in group
                ]
            markets.append(market)
            held.append(own)
        cases[f"own-options-{version}"] = (version, {"stablePrice": 0.95, "markets": markets}, {"cash": 50_000, "markets": held})
    return cases
