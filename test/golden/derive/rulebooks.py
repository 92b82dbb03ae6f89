"""Writes the three rulebooks from the reference file of the venue's parameters. Part of make-cases.py."""

import copy
import json

PM2_PAGE = "https://docs.derive.xyz/docs/portfolio-margin-parameters-new"
TESTS = "https://github.com/derivexyz/v2-core/tree/7736900d395703c4f675376caa4c315402943831/test/risk-managers/unit-tests/"
READ = "read 2026"


def number(x):
    return int(x) if float(x).is_integer() else x


def move(x):
    return number(round(x - 1, 12))


def scenario1(entry):
    x, volatility = entry
    return {"priceMove": move(x), "volatility": volatility}


def scenario2(entry):
    x, volatility, weight = entry
    skew = volatility in ("linear", "abs")
    return {**({} if skew else {"priceMove": move(x)}), "volatility": volatility, "weight": number(weight)}


def basis(b):
    return {**b, "forwardUp": move(b["forwardUp"]), "forwardDown": move(b["forwardDown"])}


def shock(v):
    first = ("rangeUp", "rangeDown")
    rest = [k for k in v if k not in first and k != "referenceDays"]
    return {**{k: v[k] for k in first}, "referenceDays": v.get("referenceDays", 30), **{k: v[k] for k in rest}}


def parameters1(p, markets):
    return {
        "markets": markets,
        "averagingSeconds": 1800,
        "volatilityShock": shock(p["volShock"]),
        "initialFactor": p["initialFactor"],
        "staticDiscount": p["staticDiscount"],
        "basis": basis(p["basis"]),
        "contingency": p["contingency"],
        "scenarios": [scenario1(s) for s in p["scenarios"]],
    }


def set2(p, scenarios, markets):
    groups = ("lossFactor", "staticDiscount", "contingency", "skew")
    return {
        "markets": markets,
        "volatilityShock": shock(p["volShock"]),
        **{g: copy.deepcopy(p[g]) for g in groups},
        "basis": basis(p["basis"]),
        "scenarios": [scenario2(s) for s in scenarios],
    }


def haircut(maintenance, initial):
    return {"maintenance": number(maintenance), "initialAdd": number(initial)}


def version(name, day, title, url, parameters, cites, uncertain, note="", by_name=False):
    return {
        "name": name,
        "effectiveFrom": day,
        **({"byNameOnly": True} if by_name else {}),
        "source": {"title": title, "url": url, "retrieved": READ},
        **({"note": note} if note else {}),
        "parameters": parameters,
        "cites": cites,
        "uncertain": uncertain,
    }


CITES1 = {
    "/markets": "one engine instance for each of BTC and ETH",
    "/averagingSeconds": "settlement: 30-minute average of the spot index (help.derive.xyz, article 8691491)",
    "/volatilityShock": "volShockParams",
    "/volatilityShock/referenceDays": "PMRMLib: 30 days",
    "/initialFactor": "marginParams.imFactor",
    "/staticDiscount": "marginParams: base static discount, rate multiplier, rate addition",
    "/basis": "basisContParams",
    "/contingency": "otherContParams",
    "/scenarios": "scenario list",
}
DATES1 = "the dates are those of the commits; the values on chain may have changed on other days"


NOT_YET = {
    "/contingency/option": "an account exported on 2024-03-18 was charged less than 1.66 % of a short call: 2 % was not live then"
}


def portfolio1(reference):
    versions = []
    for p in reference["pmrm1"]["parameterSets"]:
        if p["effectiveFrom"] is None:
            continue
        versions.append(
            version(
                f"deployment-{p['effectiveFrom']}",
                p["effectiveFrom"],
                "v2-core, deployment values of PMRM",
                p["source"],
                parameters1(p, ["BTC", "ETH"]),
                CITES1,
                {"/scenarios": DATES1, **(NOT_YET if p["effectiveFrom"] == "2024-01-05" else {})},
                f"{p['status']}; dated by the commit that carries the values",
            )
        )
    return {"methodology": "derive-portfolio-1", "versions": versions}


CITES2 = {
    "/averagingSeconds": "settlement: 30-minute average of the spot index (help.derive.xyz, article 8691491)",
    "/movingCollateral": "collateral haircuts of portfolio margin",
    "/otherCollateral": "haircuts of the standard manager: 1 - margin factor, and margin factor x (1 - initial scale)",
    "/sets": "portfolio margin parameters: volatility shock, loss factors, static discounts, basis, contingencies, skew, scenarios",
}


def other_collateral(reference):
    srm = reference["srm"]["parameterSets"][0]["markets"]
    found = {}
    for name, market in srm.items():
        if "base" in market:
            factor, scale = market["base"]["marginFactor"], market["base"]["initialScale"]
            found[name.upper()] = haircut(round(1 - factor, 12), round(factor * (1 - scale), 12))
    return found


def portfolio2(reference, test_sets, test_collateral):
    pm2 = reference["pmrm2"]
    by_id = {p["id"]: p for p in pm2["parameterSets"]}
    moving = {}
    for a in pm2["collateral"]["assets"]:
        haircuts = haircut(a["maintenanceHaircut"], a["initialHaircut"])
        moving.setdefault(a["portfolioMarket"], {})[a["asset"].upper()] = haircuts
    common = {"averagingSeconds": 1800, "movingCollateral": moving, "otherCollateral": other_collateral(reference)}
    split = "the additional initial haircut is the printed initial figure less the maintenance one: the page does not say whether it is a total"
    day = "the page has no day of entry into force; the first mainnet deployment is of 2025-06-10"
    deployed = by_id["pmrm2-2025-05-01"]
    published = {}
    for name in ("btc-eth", "sol", "hype", "ada"):
        p = copy.deepcopy(by_id[f"pmrm2-docs-{name}"])
        if p["lossFactor"]["initial"] is None:
            p["lossFactor"] = by_id["pmrm2-docs-hype"]["lossFactor"]
        published[name] = set2(p, p["scenarios"], p["markets"])
    return {
        "methodology": "derive-portfolio-2",
        "versions": [
            version(
                "deployment-2025-05-01",
                "2025-05-01",
                "v2-core, deployment values of PMRM_2",
                deployed["source"],
                {**common, "sets": {"btc-eth": set2(deployed, deployed["scenarios"], deployed["markets"])}},
                CITES2,
                {
                    "/sets/btc-eth/staticDiscount": "long 1.05 and short 0.95 are interchanged compared with the published values and the contract tests: a slip of the file",
                    "/movingCollateral": split,
                    "/otherCollateral": "haircuts of the page of 2026",
                },
                "Superseded before anything was charged by it: for comparison only.",
                True,
            ),
            version(
                "published-2025-06-10",
                "2025-06-10",
                "Portfolio Margin Parameters [New], and [SOL/HYPE added]; site version v2.0-alpha-20260115",
                PM2_PAGE,
                {**common, "sets": published},
                CITES2,
                {
                    "/sets": day,
                    "/sets/ada/lossFactor": "not printed for ADA; those of HYPE are taken",
                    "/movingCollateral": split,
                },
                "Tail weights as printed, with two or three digits. The page says the initial factor also scales the contingencies; the contract does not do that, and the contract decides.",
            ),
            version(
                "contract-tests",
                "2026-01-21",
                "v2-core, parameters of the contract test suite",
                TESTS + "PMRM_2/portfolio_cases",
                {"averagingSeconds": 1800, **test_collateral, "sets": test_sets},
                CITES2,
                {},
                "Parameters of the venue's own tests, for choice by name only.",
                True,
            ),
        ],
    }


CITES_SRM = {
    "/depeg": "depegParams",
    "/confidence": "oracleContingencyParams",
    "/options": "optionMarginParams",
    "/markets": "perpetual and base margin parameters by market",
}


def options_of(p, **changes):
    names = (
        "maxSpotReq minSpotReq maintenanceCall maintenancePutSpot maintenancePutMark unpairedInitial "
        "unpairedMaintenance putMaintenanceScale"
    ).split()
    return {**{n: p[n] for n in names}, **changes}


def standard(reference):
    sets = {p["id"]: p for p in reference["srm"]["parameterSets"]}
    config, page = sets["srm-config-2026-01-21"], sets["srm-docs-2026"]
    default = config["default"]
    dates = {"/markets": "the dates are those of the commits that added the markets; the values on chain may differ"}

    def parameters(until, perps=None):
        markets, options = {}, {"standard": options_of(default["option"])}
        for name, m in config["markets"].items():
            if m.get("addedOn", "2023-11-22") > until:
                continue
            entry = {}
            if name in ("BTC", "ETH"):
                entry = {"option": "standard", "perp": default["perp"]}
            if "option" in m:
                options["wide"] = options_of(m["option"])
                entry["option"] = "wide"
            entry.update({k: m[k] for k in ("perp", "base") if k in m})
            markets[name.upper()] = entry
        for name, rates in (perps or {}).items():
            markets[name] = {**markets.get(name, {}), "perp": rates}
        return {"depeg": config["depeg"], "confidence": config["confidence"], "options": options, "markets": markets}

    before = parameters("2023-11-22")
    before["depeg"] = {"threshold": 0.98, "factor": 1.2}
    early = dict(minSpotReq=0.12, maintenanceCall=0.1, maintenancePutSpot=0.1, maintenancePutMark=0.1)
    before["options"] = {"standard": options_of(default["option"], **early)}
    title = "v2-core, deployment values of the standard manager"
    versions = [
        version(
            "deployment-2023-10-23",
            "2023-10-23",
            title,
            sets["srm-2023-10-23"]["source"],
            before,
            CITES_SRM,
            {"/markets": "rates of the launch; the file of this day was read for the figures of depeg and options only"},
            "Before the launch.",
        )
    ]
    days = sorted({"2023-11-22", *(m["addedOn"] for m in config["markets"].values() if "addedOn" in m)})
    for day in days:
        added = [n for n, m in config["markets"].items() if m.get("addedOn", "2023-11-22") == day]
        note = f"Adds {', '.join(added)}."
        versions.append(
            version(f"deployment-{day}", day, title, config["source"], parameters(day), CITES_SRM, dates, note)
        )
    last = parameters("2025-12-31", page["perp"])
    undated = "the page carries no date; it was read in 2026. Markets it does not list keep the rates of the deployment file"
    versions.append(
        version("published-2026", "2026-01-01", "Standard margin parameters", page["source"], last, CITES_SRM, {"/markets": undated})
    )
    test = sets["srm-test"]
    option = options_of(test["default"]["option"])
    market = {"option": "standard", "perp": test["default"]["perp"], "base": test["default"]["base"]}
    versions.append(
        version(
            "contract-tests",
            "2026-01-21",
            "v2-core, parameters of the contract test suite",
            test["source"],
            {
                "depeg": test["depeg"],
                "confidence": test["confidence"],
                "options": {"standard": option},
                "markets": {"ETH": market, "BTC": market},
            },
            CITES_SRM,
            {},
            "Parameters of the venue's own tests, for choice by name only.",
            True,
        )
    )
    return {"methodology": "derive-standard", "versions": versions}


def write(root, rulebook):
    with open(f"{root}/resources/rulebooks/{rulebook['methodology']}.json", "w") as f:
        json.dump(rulebook, f, indent=1, ensure_ascii=False)
        f.write("\n")
