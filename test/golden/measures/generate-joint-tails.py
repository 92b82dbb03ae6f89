"""Joint tail probabilities of two factors under normal and t copulas. Run: python3 generate-joint-tails.py > joint-tails.json (SciPy 1.17.1)"""
import json
from scipy import integrate, stats


def joint(u, rho, nu):
    """P(U1 <= u, U2 <= u) by one-dimensional quadrature of the conditional distribution."""
    if nu is None:
        q = stats.norm.ppf(u)
        inner = lambda x: stats.norm.pdf(x) * stats.norm.cdf((q - rho * x) / (1 - rho**2) ** 0.5)
    else:
        q = stats.t.ppf(u, nu)
        inner = lambda x: stats.t.pdf(x, nu) * stats.t.cdf(
            (q - rho * x) / ((nu + x * x) * (1 - rho**2) / (nu + 1)) ** 0.5, nu + 1
        )
    return integrate.quad(inner, -float("inf"), q, epsabs=1e-13, epsrel=1e-11, limit=500)[0]


print(json.dumps({
    "provenance": "own-computation",
    "source": "SciPy 1.17.1, conditional distribution of the second factor, by generate-joint-tails.py",
    "cases": [
        {"u": u, "correlation": rho, **({} if nu is None else {"degrees": nu}), "expected": joint(u, rho, nu)}
        for nu in (None, 1, 3, 10) for rho in (-0.4, 0.3, 0.8) for u in (0.01, 0.05)
    ],
}, indent=1))
