"""Values for random distributions: quantiles and distribution functions from SciPy, slopes of gamma quantiles from mpmath, as JSON.

Run:  python3 tools/vectors/distributions.py > tests/Ashlar.Tests/Vectors/distributions.json
Made with SciPy 1.10 and mpmath 1.2.1. Continuous: the quantiles of i/64 for i = 1 … 63. Discrete: whole numbers k and P(X <= k) at up to 31 of them.
Slopes: (alpha, z, d ln z / d alpha at a fixed quantile), where z lies up to 6 deviations from alpha.
"""
import json
import sys
import mpmath as mp
import numpy as np
from scipy import stats

mp.mp.dps = 40
CONTINUOUS = {
    "gamma": (stats.gamma, [(0.1,), (0.7,), (1.0,), (4.5,), (300.0,)]),
    "beta": (stats.beta, [(0.3, 0.2), (1.0, 3.0), (20.0, 7.0)]),
    "chi2": (stats.chi2, [(1.0,), (7.0,)]),
    "t": (stats.t, [(1.0,), (2.5,), (40.0,)]),
    "pareto": (stats.pareto, [(3.0,)]),
    "weibull": (stats.weibull_min, [(0.8,), (2.5,)]),
    "lognormal": (stats.lognorm, [(0.5,)]),
    "halfnormal": (stats.halfnorm, [()]),
    "rayleigh": (stats.rayleigh, [()]),
}
DISCRETE = {
    "poisson": (stats.poisson, [(0.3,), (4.0,), (9.99,), (10.0,), (37.5,), (100000.0,)]),
    "binomial": (stats.binom, [(7, 0.4), (100, 0.03), (40, 0.5), (200, 0.9), (100000, 0.3)]),
    "negativebinomial": (stats.nbinom, [(2.5, 0.3), (20.0, 0.6)]),
    "geometric": (stats.geom, [(0.2,), (0.9,)]),
}


def cells(distribution):
    quantiles = sorted({int(k) for k in distribution.ppf(np.arange(1, 32) / 32)})
    kept, last = [], 0.0
    for k in quantiles:
        below = float(distribution.cdf(k))
        if below - last > 0.005 and 1 - below > 0.005:
            kept.append((k, below))
            last = below
    return {"upTo": [k for k, _ in kept], "below": [p for _, p in kept]}


def slope(alpha, z):
    alpha, z = mp.mpf(alpha), mp.mpf(z)
    level = mp.log(z) - mp.digamma(alpha)
    width = 1 / (abs(z - alpha) + mp.sqrt(z))
    f = lambda u: mp.exp(alpha * u - z * (mp.e**u - 1)) * (level + u)
    if level > 0:
        return mp.quad(f, [0] + [width * mp.mpf(2) ** k for k in range(-3, 8)])
    return -mp.quad(f, sorted([0, -mp.mpf(200) / alpha - width * 2**12] + [-width * mp.mpf(2) ** k for k in range(-3, 11)]))


def checked(alpha, z):
    value = slope(alpha, z)
    if alpha < 30:
        density = mp.exp(-mp.mpf(z)) * mp.mpf(z) ** alpha / mp.gamma(alpha)
        direct = -mp.diff(lambda a: mp.gammainc(a, 0, mp.mpf(z), regularized=True), mp.mpf(alpha)) / density
        assert abs(value / direct - 1) < 1e-12, (alpha, z, value, direct)
    return float(value)


slopes = []
for alpha in (0.01, 0.3, 1.0, 2.0, 3.5, 8.0, 50.0, 1000.0, 100000.0):
    for z in (1e-3, 0.4, 1.5, 1.6, 3.9, *(alpha + q * alpha**0.5 for q in (-6, -2, -0.5, 0.0, 0.5, 2, 6))):
        if 0 < z and abs(z - alpha) <= max(6.01 * alpha**0.5, 5):
            slopes.append([alpha, z, checked(alpha, z)])

json.dump({
    "continuous": [{"name": n, "parameters": p, "quantiles": [float(q) for q in d(*p).ppf(np.arange(1, 64) / 64)]} for n, (d, ps) in CONTINUOUS.items() for p in ps],
    "discrete": [{"name": n, "parameters": p, **cells(d(*p))} for n, (d, ps) in DISCRETE.items() for p in ps],
    "slopes": slopes,
}, sys.stdout, indent=None, separators=(",", ":"))
print()
