"""Reference values of distributions. Run: python3 generate-distributions.py > distributions.json (mpmath 1.3.0, 50 digits)"""
import json
from mpmath import betainc, erfinv, exp, findroot, gammainc, loggamma, log, mp, mpf, pi, sqrt, gamma

mp.dps = 50


def t_cdf(t, nu):
    t, nu = mpf(t), mpf(nu)
    tail = betainc(nu / 2, mpf(1) / 2, 0, nu / (nu + t * t), regularized=True) / 2
    return tail if t <= 0 else 1 - tail


def t_pdf(t, nu):
    t, nu = mpf(t), mpf(nu)
    return exp(loggamma((nu + 1) / 2) - loggamma(nu / 2)) / sqrt(nu * pi) * (1 + t * t / nu) ** (-(nu + 1) / 2)


def bisect(f, low, high):
    low, high = mpf(low), mpf(high)
    for _ in range(260):
        middle = (low + high) / 2
        if f(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


ps = [1e-12, 1e-6, 0.001, 0.01, 0.025, 0.2, 0.5 - 2**-20, 0.7, 0.975, 0.999]
normal = [5e-324, 1e-300, 1e-20, 1e-12, 1e-6, 0.0001, 0.01, 0.025, 0.074, 0.076, 0.3, 0.49999, 0.6, 0.924, 0.926, 0.975, 0.99, 0.9999]
nus = [1, 2, 2.5, 3, 4, 5, 8.3, 30, 200, 5000]
out = {
    "provenance": "own-computation",
    "source": "mpmath 1.3.0 with 50 digits, by generate-distributions.py",
    "normalQuantile": [{"p": p, "expected": float(sqrt(mpf(2)) * bisect(lambda z: gammainc(mpf(1) / 2, 0, z * z, regularized=True) * (1 if z > 0 else -1) - (2 * mpf(p) - 1), -40, 40)) if p > 1e-15 else float(-sqrt(mpf(2)) * bisect(lambda z: mpf(p) * 2 - gammainc(mpf(1) / 2, z * z, mp.inf, regularized=True), 1, 40))} for p in normal],
    "studentTCdf": [{"t": t, "degrees": nu, "cdf": float(t_cdf(t, nu)), "pdf": float(t_pdf(t, nu))} for nu in nus for t in [-40, -6, -2.3263, -0.7, -0.001, 0, 0.3, 3.5]],
    "studentTQuantile": [{"p": p, "degrees": nu, "expected": float(-exp(bisect(lambda y: mpf(min(p, 1 - p)) - t_cdf(-exp(y), nu), -60, 60)) * (1 if p < 0.5 else -1))} for nu in nus for p in [1e-9, 0.001, 0.01, 0.025, 0.2, 0.499, 0.9375, 0.99609375]],
    "gammaTails": [{"a": a, "x": a * r, "lower": float(gammainc(mpf(a), 0, mpf(a * r), regularized=True)), "upper": float(gammainc(mpf(a), mpf(a * r), mp.inf, regularized=True))} for a in [0.25, 0.5, 1, 2.5, 10, 100, 2000] for r in [0.01, 0.5, 0.9, 1, 1.1, 2, 5]],
    "gammaQuantile": [{"a": a, "p": p, "expected": float(exp(bisect(lambda y: gammainc(mpf(a), 0, exp(y), regularized=True) - mpf(p), -200, 12)))} for a in [0.25, 0.5, 1, 2.5, 10, 100] for p in [1e-6, 0.001, 0.01, 0.25, 0.5, 0.9375, 0.9990234375]],
    "incompleteBeta": [{"x": x, "a": a, "b": b, "expected": float(betainc(mpf(a), mpf(b), 0, mpf(x), regularized=True))} for a, b in [(0.5, 0.5), (2, 3), (0.3, 7), (50, 0.5), (200, 300), (5000, 2)] for x in [1e-6, 0.1, 0.4, 0.75, 0.999]],
    "logGamma": [{"x": x, "expected": float(loggamma(mpf(x)))} for x in [1e-5, 0.1, 0.5, 0.9, 1.5, 2.5, 7, 33.3, 1e4, 1e8]],
    "poisson": [{"count": k, "mean": m, "probability": float(exp(-mpf(m)) * mpf(m) ** k / gamma(k + 1)), "cdf": float(gammainc(k + 1, mpf(m), mp.inf, regularized=True))} for m in [0.03, 1, 12, 250] for k in [0, 1, 3, 20, 260]],
}
print(json.dumps(out, indent=1))
