"""Implied volatilities over the whole domain. Run: python3 generate.py > cases.json (mpmath 1.3.0, seed 7)

Each price is the binary64 nearest to the Black value at a random point; sigma is then solved for that exact price with 120
digits. The tolerance is 32 eps (1 + price/(s vega)), as in pricing-implied-vol.json.
"""
import json
import random
from mpmath import erfc, exp, findroot, log, mp, mpf, npdf, sqrt

mp.dps = 120
EPS = mpf(2) ** -52


def cdf(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def call(forward, strike, s):
    d1 = log(forward / strike) / s + s / 2
    return forward * cdf(d1) - strike * cdf(d1 - s)


def main():
    random.seed(7)
    cases = []
    while len(cases) < 240:
        forward = 10.0 ** random.uniform(-2, 5)
        s0 = 10.0 ** random.uniform(-6, 0.9)
        # Distance in deviations for half of the points, in logarithm of price for the others.
        x = random.uniform(0, 12) * s0 if len(cases) % 2 else 10.0 ** random.uniform(-8, 1.5)
        strike = float(forward * exp(mpf(x)))
        price = float(call(mpf(forward), mpf(strike), mpf(s0)))
        if not 1e-280 < price / forward < 1 - 1e-9:
            continue
        f, k, p = mpf(forward), mpf(strike), mpf(price)
        s = findroot(lambda t: log(call(f, k, t)) - log(p), (mpf(s0), mpf(s0) * (1 + mpf(10) ** -9)), tol=mpf(10) ** -70)
        vega = f * npdf(log(f / k) / s + s / 2)
        tolerance = 32 * EPS * (1 + p / (s * vega))
        if tolerance > 1e-6:
            continue
        cases.append({
            "input": {"forward": forward, "strike": strike, "price": price},
            "expected": float(s),
            "tolerance": float(tolerance),
        })
    print(json.dumps({"provenance": "own-computation", "source": "mpmath 1.3.0 with 120 digits, by generate.py", "cases": cases}, indent=1))


main()
