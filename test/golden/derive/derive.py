"""Derive's three margins written from their description alone, apart from the application: it makes the expected amounts
of our own cases, and make-cases.py checks it on every case of the venue's contracts first. Multipliers as in the source
(1.18 is 18 % up); all margins here are surplus, as the venue states them."""

from math import erfc, exp, log, sqrt

YEAR = 31_536_000


def normal(x):
    return 0.5 * erfc(-x / sqrt(2))


def black(forward, strike, years, volatility, is_call):
    s = volatility * sqrt(years) or 1e-18
    m = strike / forward
    d1 = -log(m) / s + s / 2
    call = 1 if s >= 24 else max(0, normal(d1) - m * normal(d1 - s))
    value = call if is_call else max(0, call + m - 1)
    return value * forward


def option_value(e, o, forward=None, volatility=None):
    return o["amount"] * black(
        e["forward"] if forward is None else forward,
        o["strike"],
        e["secondsToExpiry"] / YEAR,
        o["vol"] if volatility is None else volatility,
        o["type"] == "call",
    )


def naked(options):
    total = 0
    for strike in {o["strike"] for o in options}:
        c, p = (sum(o["amount"] for o in options if o["strike"] == strike and o["type"] == t) for t in ("call", "put"))
        total += max(0, -(c + p)) if c * p < 0 else max(0, -c) + max(0, -p)
    return total


def expiries_of(market, options, averaging):
    for e in market["expiries"]:
        forward = e.get("forward", e.get("forwardVariable", 0) + e.get("forwardFixed", 0))
        own = [o for o in options if o["secondsToExpiry"] == e["secondsToExpiry"]]
        share = e["forwardVariable"] / forward if "forwardVariable" in e else min(1, e["secondsToExpiry"] / averaging)
        if own:
            yield {**e, "forward": forward, "options": own, "share": share, "years": e["secondsToExpiry"] / YEAR}


def shocked(e, x):
    return e["forward"] * (e["share"] * x + 1 - e["share"])


def volatility_factors(e, v):
    days = e["secondsToExpiry"] / 86400
    power = v["shortTermPower"] if days <= 30 else v["longTermPower"]
    h = (v.get("referenceDays", 30) / max(days, v["floorDays"])) ** power
    return {"up": 1 + v["rangeUp"] * h, "down": max(0, 1 - v["rangeDown"] * h), "none": 1}


def portfolio1(p, market, portfolio, averaging=1800):
    spot, stable = market["spot"], market["stablePrice"]
    q, b = portfolio["perp"]["size"], portfolio["base"]
    c, basis, sd = p["contingency"], p["basis"], p["staticDiscount"]
    linear = b * spot / stable + q * market["perpPrice"]
    es = list(expiries_of(market, portfolio["options"], averaging))
    value = lambda e, x=1, f=1: sum(option_value(e, o, shocked(e, x), o["vol"] * f) for o in e["options"])
    basis_pnl = sum(
        min(0, value(e, basis["forwardUp"]) - value(e), value(e, basis["forwardDown"]) - value(e))
        * (basis["addFactor"] + basis["multFactor"] * e["years"])
        for e in es
    )
    results = []
    for x, direction in p["scenarios"]:
        total = linear * (x - 1)
        for e in es:
            v = value(e, x, volatility_factors(e, p["volShock"])[direction])
            discount = sd["base"] * exp(-e["years"] * (max(e["rate"], 0) * sd["rateMultiplier"] + sd["rateAdd"]))
            total += v * (discount if v > 0 else 1) - value(e)
        results.append(total)
    span = min([basis_pnl, *results])
    perp, base = abs(q) * spot * c["perp"], b * spot * c["base"]
    option = sum(naked(e["options"]) for e in es) * spot * c["option"]
    unsure = lambda amount, conf: (1 - conf) * c["confidenceFactor"] * amount if conf < c["confidenceThreshold"] else 0
    shared = min(market["spotConfidence"], market["perpConfidence"] if q else 1)
    confidence = unsure((abs(q) + b) * spot, shared) + sum(
        unsure(
            sum(abs(o["amount"]) for o in e["options"]) * spot,
            min(shared, e["forwardConfidence"], e["rateConfidence"], e["volConfidence"]),
        )
        for e in es
    )
    m = portfolio["cash"] + b * spot / stable + portfolio["perp"]["unrealisedPnlAndFunding"] + sum(map(value, es))
    factor = p["initialFactor"] + max(0, c["pegThreshold"] - stable) * c["pegFactor"]
    contingency = perp + base + option
    return {
        "initialMargin": (span - contingency) * factor - confidence + m,
        "maintenanceMargin": span - contingency + m,
        "markToMarket": m,
        "basisContingencyPnl": basis_pnl,
        "scenarioPnl": results,
        "worstPnl": span,
        "contingency": {"perp": perp, "base": base, "option": option},
        "confidenceContingency": confidence,
    }


def skewed(p, kind, e, strike):
    root = sqrt(e["years"])
    cap = p[kind + "CapBase"] + p[kind + "CapSlope"] * root
    k_star = max(p["minKStar"], root * p["widthScale"] * (p["volStatic"] + root * p["volScale"]))
    k = log(strike / e["forward"])
    k = abs(k) if kind == "abs" else k
    y = k * cap / k_star
    y = min(cap, y) if k >= 0 else max(-cap, y)
    return max(0, 1 + y)


def portfolio2(p, scenarios, market, portfolio, averaging=1800):
    spot, stable = market["spot"], market["stablePrice"]
    q = portfolio["perp"]["size"]
    c, basis, sd = p["contingency"], p["basis"], p["staticDiscount"]
    collaterals = [{**x, "value": x["amount"] * x["price"] / stable} for x in portfolio["collaterals"]]
    linear = q * market["perpPrice"] + sum(x["value"] for x in collaterals if x["movesWithSpot"])
    es = list(expiries_of(market, portfolio["options"], averaging))
    for e in es:
        e["discount"] = exp(-max(e["rate"], 0) * e["years"])
        e["mtm"] = e["discount"] * sum(option_value(e, o) for o in e["options"])

    def value(e, x, shock):
        return e["discount"] * sum(option_value(e, o, shocked(e, x), shock(o)) for o in e["options"])

    def static(e, v):
        r = max(e["rate"], 0)
        if v >= 0:
            return sd["longBase"] * exp(-e["years"] * (r * sd["longRateMultiplier"] + sd["longRateAdd"]))
        growth = exp(e["years"] * (r * sd["shortRateMultiplier"] + sd["shortRateAdd"]))
        return min(1 / e["discount"], sd["shortBase"] * growth)

    same = lambda o: o["vol"]
    basis_pnl = sum(
        min(0, value(e, basis["forwardUp"], same) - e["mtm"], value(e, basis["forwardDown"], same) - e["mtm"])
        * (basis["addFactor"] + basis["multFactor"] * e["years"])
        for e in es
    )
    results = []
    for x, kind, weight in scenarios:
        total = linear * (x - 1) * weight
        for e in es:
            if kind in ("linear", "abs"):
                v = value(e, 1, lambda o: o["vol"] * skewed(p["skew"], kind, e, o["strike"]))
                total -= abs(v * static(e, v) - e["mtm"]) * weight
                continue
            factor = volatility_factors(e, p["volShock"])[kind]
            floor = p["volShock"]["minShockedVol"] if kind == "up" else 0
            v = value(e, x, lambda o: max(o["vol"] * factor, floor))
            total += (v * static(e, v) - e["mtm"]) * weight
        results.append(total)
    span = min([basis_pnl, *results])
    unsure = lambda amount, conf: (1 - conf) * c["confidenceFactor"] * amount if conf < c["confidenceThreshold"] else 0
    n = sum(naked(e["options"]) for e in es)
    part = lambda perp, option, haircut: {
        "perp": abs(q) * spot * c[perp],
        "option": n * spot * c[option],
        "collateral": sum(x["value"] * x[haircut] for x in collaterals),
    }
    maintenance = part("perpMaintenance", "optionMaintenance", "maintenanceHaircut")
    initial = part("perpInitialAdd", "optionInitialAdd", "initialHaircut")
    shared = min(market["spotConfidence"], market["perpConfidence"] if q else 1)
    initial["confidence"] = (
        unsure(abs(q) * spot, shared)
        + sum(
            unsure(
                sum(abs(o["amount"]) for o in e["options"]) * spot,
                min(shared, e["forwardConfidence"], e["rateConfidence"], e["volConfidence"]),
            )
            for e in es
        )
        + sum(unsure(x["value"], min(x["confidence"], market["spotConfidence"])) for x in collaterals)
    )
    m = (
        portfolio["cash"]
        + sum(x["value"] for x in collaterals)
        + portfolio["perp"]["unrealisedPnl"]
        + portfolio["perp"]["unrealisedFunding"]
        + sum(e["mtm"] for e in es)
    )
    factor = p["lossFactor"]["initial"] + max(0, c["pegThreshold"] - stable) * c["pegFactor"]
    cmm, cim = sum(maintenance.values()), sum(initial.values())
    return {
        "initialMargin": span * factor - cmm - cim + m,
        "maintenanceMargin": span * p["lossFactor"]["maintenance"] - cmm + m,
        "markToMarket": m,
        "basisContingencyPnl": basis_pnl,
        "scenarioPnl": results,
        "worstPnl": span,
        "maintenanceContingency": maintenance,
        "initialContingency": initial,
    }


def standard(rules, market, portfolio):
    """rules(name) gives perp, option and base parameters of a market; depeg and confidence stand beside."""
    stable = market["stablePrice"]
    totals = {"initialMargin": portfolio["cash"], "maintenanceMargin": portfolio["cash"], "markToMarket": portfolio["cash"]}
    conf, depeg = rules["confidence"], rules["depeg"]
    unsure = lambda amount, c, t: (1 - c) * conf["factor"] * amount if c < conf[t] else 0
    for held in portfolio["markets"]:
        mk = next(x for x in market["markets"] if x["name"] == held["name"])
        own = rules["markets"](held["name"])
        spot, q, b = mk["spot"], held["perp"]["size"], held["base"]
        short_size = 0
        for e in expiries_of(mk, held["options"], 1):
            value = sum(option_value(e, o) for o in e["options"])
            totals["markToMarket"] += value
            shorts = sum(max(0, -o["amount"]) for o in e["options"])
            short_size += shorts
            amounts = short_options(own["option"], spot, e)
            for name in ("initial", "maintenance"):
                totals[name + "Margin"] += amounts[name]
            least = min(mk["spotConfidence"], e["forwardConfidence"], e["volConfidence"])
            totals["initialMargin"] -= unsure(shorts * spot, least, "optionThreshold")
        if q or held["perp"]["unrealisedPnlAndFunding"]:
            for name in totals:
                totals[name] += held["perp"]["unrealisedPnlAndFunding"]
            for name in ("initial", "maintenance"):
                totals[name + "Margin"] -= abs(q) * mk["perpPrice"] * own["perp"][name]
            totals["initialMargin"] -= unsure(abs(q) * spot, min(mk["spotConfidence"], mk["perpConfidence"]), "perpThreshold")
        if b:
            factor = own["base"]["marginFactor"]
            totals["markToMarket"] += b * spot / stable
            totals["maintenanceMargin"] += b * spot * factor
            totals["initialMargin"] += b * spot * factor * own["base"]["initialScale"]
            if factor > 0:
                totals["initialMargin"] -= unsure(b * spot, mk["spotConfidence"], "baseThreshold")
        totals["initialMargin"] -= (short_size + abs(q)) * spot * max(0, depeg["threshold"] - stable) * depeg["factor"]
    return totals


def short_options(r, spot, e):
    isolated = {"initial": 0, "maintenance": 0}
    for o in e["options"]:
        a, value = o["amount"], option_value(e, o)
        if a >= 0:
            continue
        if o["type"] == "call":
            otm = max(0, o["strike"] - spot)
            isolated["maintenance"] += value + r["maintenanceCall"] * spot * a
            isolated["initial"] += max(r["maxSpotReq"] - otm / spot, r["minSpotReq"]) * spot * a + value
        else:
            otm = max(0, spot - o["strike"])
            kept = min(r["maintenancePutSpot"] * spot * a, r["maintenancePutMark"] * value) + value
            isolated["maintenance"] += kept
            needed = max(r["maxSpotReq"] - otm / spot, r["minSpotReq"]) * spot * a + value
            isolated["initial"] += min(needed, kept * r["putMaintenanceScale"])
    payoff = lambda o, x: max(0, x - o["strike"]) if o["type"] == "call" else max(0, o["strike"] - x)
    prices = [0, *(o["strike"] for o in e["options"])]
    worst = min(0, *(sum(o["amount"] * payoff(o, x) for o in e["options"]) for x in prices))
    calls = min(0, sum(o["amount"] for o in e["options"] if o["type"] == "call"))
    return {
        "initial": max(isolated["initial"], worst + r["unpairedInitial"] * e["forward"] * calls),
        "maintenance": max(isolated["maintenance"], worst + r["unpairedMaintenance"] * e["forward"] * calls),
    }
