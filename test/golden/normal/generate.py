"""Reference values of the normal distribution and the error function. Run: python3 generate.py > normal.json (mpmath 1.3.0)"""
import json
from mpmath import erfc, exp, mp, mpf, ncdf

mp.dps = 60
normal = [-37.3, -30, -20, -13.13, -8.5, -6, -4.25, -3, -2, -1, -0.6, -0.5, -0.015625, 0.015625, 0.3, 1.96, 2.5, 4, 6]
error = [-3.2, -0.3, 0.1, 0.4687, 0.46876, 1, 3, 3.99, 4.01, 5, 8, 15, 26]
print(json.dumps({
    "provenance": "own-computation",
    "source": "mpmath 1.3.0 with 60 digits, by generate.py",
    "cdf": [{"x": x, "expected": float(ncdf(mpf(x)))} for x in normal],
    "erfc": [{"x": x, "expected": float(erfc(mpf(x))), "scaled": float(erfc(mpf(x)) * exp(mpf(x) ** 2))} for x in error],
}, indent=1))
