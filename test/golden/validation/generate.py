"""Independent figures of tests without a published case: python3 generate.py > scipy.json (NumPy, SciPy 1.17.1)."""
import json
import numpy as np
from scipy import optimize, stats

rng = np.random.default_rng(20261122)


def hits(rows, after, none):
    out, last = [], 0
    for u in rng.random(rows):
        last = int(u < (after if last else none))
        out.append(last)
    return out


def duration(h):
    places = np.flatnonzero(h)
    whole = np.diff(places).astype(float)
    cut = np.array([d for d in (places[0], len(h) - 1 - places[-1]) if d > 0], float)

    def minus(parameters):
        a, b = np.exp(parameters)
        log = np.sum(b * np.log(a) + np.log(b) + (b - 1) * np.log(whole) - (a * whole) ** b)
        return -(log - np.sum((a * cut) ** b))

    free = min(
        (optimize.minimize(minus, x, method="Nelder-Mead", options=dict(xatol=1e-12, fatol=1e-13, maxiter=20000))
         for x in ([-3, 0], [-2, -0.5], [-4, 0.5])),
        key=lambda r: r.fun,
    )
    fixed = optimize.minimize_scalar(lambda a: minus([a, 0.0]), bounds=(-15, 3), method="bounded", options=dict(xatol=1e-12))
    lr = 2 * (fixed.fun - free.fun)
    return dict(lr=lr, shape=float(np.exp(free.x[1])), rate=float(np.exp(free.x[0])), p=float(stats.chi2.sf(lr, 1)))


def ljung_box(h, lags):
    x = np.array(h) - np.mean(h)
    n = len(h)
    q = n * (n + 2) * sum((np.sum(x[k:] * x[:-k]) / np.sum(x * x)) ** 2 / (n - k) for k in range(1, lags + 1))
    return dict(q=float(q), p=float(stats.chi2.sf(q, lags)))


def dynamic_quantile(h, forecast, p, lags):
    y = np.array(h) - p
    n = len(h) - lags
    x = np.column_stack([np.ones(n), *[y[lags - k : len(h) - k] for k in range(1, lags + 1)], forecast[lags:]])
    b, *_ = np.linalg.lstsq(x, y[lags:], rcond=None)
    dq = b @ x.T @ x @ b / (p * (1 - p))
    return dict(dq=float(dq), p=float(stats.chi2.sf(dq, x.shape[1])))


def first_failure(h, p):
    v = h.index(1) + 1
    lr = -2 * (stats.geom.logpmf(v, p) - stats.geom.logpmf(v, 1 / v))
    return dict(lr=float(lr), p=float(stats.chi2.sf(lr, 1)))


series = []
for rows, after, none, p in [(500, 0.05, 0.05, 0.05), (1000, 0.3, 0.0368, 0.05), (750, 0.1, 0.02, 0.025)]:
    h = hits(rows, after, none)
    forecast = [round(float(v), 6) for v in 2 + rng.random(rows)]
    series.append(dict(
        rows=rows, p=p, hit_index=[int(i) for i in np.flatnonzero(h)], forecast=forecast,
        duration=duration(h), ljung_box=ljung_box(h, 4), dynamic_quantile=dynamic_quantile(h, np.array(forecast), p, 4),
        first_failure=first_failure(h, p), binomial_p=float(min(1, 2 * min(stats.binom.cdf(sum(h), rows, p), stats.binom.sf(sum(h) - 1, rows, p)))),
    ))

binomial = [
    dict(k=k, trials=n, p=p, pmf=float(stats.binom.pmf(k, n, p)), cdf=float(stats.binom.cdf(k, n, p)), sf=float(stats.binom.sf(k - 1, n, p)))
    for k, n, p in [(0, 10, 0.3), (4, 250, 0.01), (17, 250, 0.01), (40, 2500, 0.025), (500, 1000, 0.5), (1200, 100000, 0.01)]
]

a = np.round(rng.standard_t(3, 60), 1)
b = np.round(a + 0.4 * rng.standard_normal(60), 1)
excesses = [float(v) for v in np.round(rng.standard_normal(12) + 0.4, 6)]
attribution = dict(
    hypothetical=[float(v) for v in a], theoretical=[float(v) for v in b],
    spearman=float(stats.spearmanr(a, b).statistic), ks=float(stats.ks_2samp(a, b).statistic),
)
one_sided = stats.ttest_1samp(excesses, 0, alternative="greater")
print(json.dumps(dict(
    source="SciPy 1.17.1 and NumPy, generate.py of this folder", series=series, binomial=binomial, attribution=attribution,
    mcneil_frey=dict(excesses=excesses, t=float(one_sided.statistic), p=float(one_sided.pvalue)),
), indent=1))
