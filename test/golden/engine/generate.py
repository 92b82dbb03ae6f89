"""Writes stress.json: Black-76 prices of 144 options on a 5 x 5 grid of shocks, in 40-digit arithmetic.

    python3 generate.py > stress.json

mpmath 1.3.0. Inputs are the doubles that the JSON prints (17 digits), so that nothing is lost between the two programs.
Times and volatilities are log-uniform (1e-5 to 3 years, 2 % to 300 %); a third of the options is at the money, a third
within four total volatilities of it, a third has ln(F/K) uniform in +-1.5; calls and puts alternate.
"""

import json
import random
from mpmath import mp, mpf, log, sqrt, ncdf

mp.dps = 40
random.seed(20261122)
shocks = [-0.5, -0.25, 0.0, 0.25, 0.5]


def log_uniform(low, high):
    return float(low * (high / low) ** random.random())


def price(forward, strike, years, volatility, call):
    sign = 1 if call else -1
    total = volatility * sqrt(years)
    d1 = log(forward / strike) / total + total / 2
    return sign * (forward * ncdf(sign * d1) - strike * ncdf(sign * (d1 - total)))


options = []
for i in range(144):
    forward = float(log_uniform(0.5, 100000))
    years = log_uniform(1e-5, 3)
    volatility = log_uniform(0.02, 3)
    total = volatility * years**0.5
    if i % 3 == 0:
        strike = forward
    elif i % 3 == 1:
        distance = max(-2.5, min(2.5, random.uniform(-4, 4) * total))
        strike = float(forward * 2.718281828459045**distance)
    else:
        strike = float(forward * 2.718281828459045 ** random.uniform(-1.5, 1.5))
    call = i % 2 == 0
    prices = [
        mp.nstr(
            price(mpf(forward) * (1 + mpf(move)), mpf(strike), mpf(years), mpf(volatility) * (1 + mpf(change)), call), 25
        )
        for change in shocks
        for move in shocks
    ]
    options.append(
        {"forward": forward, "strike": strike, "years": years, "volatility": volatility, "call": call, "prices": prices}
    )

print(
    json.dumps(
        {
            "provenance": "own-computation",
            "source": "mpmath 1.3.0 with 40 digits, by generate.py",
            "order": "prices row by row: volatility change, then price move; undiscounted",
            "shocks": shocks,
            "options": options,
        },
        indent=1,
    )
)
