"""Special functions of several arguments in 40 digits, for tests/Ashlar.Tests/Functions/SpecialAccuracyTests.cs.

Writes lines `name region x y z nearest rest`: the region of the arguments, the arguments (0 where there are fewer), the double nearest to the exact value and what is
missing from it, numbers as the 16 hexadecimal digits of their bits. Needs Debian's python3-mpmath. Run from the repository's root:
    python3 tools/vectors/special.py > tests/Ashlar.Tests/Vectors/special.txt
"""
import random
import struct

import mpmath as mp

mp.mp.dps = 40
chance = random.Random(7)
COUNT = 60


def line(name, region, arguments, value):
    nearest = float(value)
    if nearest == 0 or abs(nearest) < 1e-290 or abs(nearest) == float("inf"):
        return
    numbers = (*arguments, *[0.0] * (3 - len(arguments)), nearest, float(value - mp.mpf(nearest)))
    print(name, region, *(struct.pack(">d", v).hex() for v in numbers))


def log_uniform(low, high):
    return 10 ** chance.uniform(float(mp.log10(low)), float(mp.log10(high)))


def lower(a, x):
    return mp.gammainc(a, 0, x, regularized=True)


def upper(a, x):
    return mp.gammainc(a, x, mp.inf, regularized=True)


def slope(a, x):
    h = mp.mpf(10) ** -12
    with mp.workdps(70):
        return (lower(a + h, x) - lower(a - h, x)) / (2 * h)


gamma = {
    "small": lambda: (log_uniform(1e-6, 1), log_uniform(1e-6, 1.5)),
    "series": lambda: (a := chance.uniform(1, 16), a * chance.uniform(0.02, 1)),
    "fraction": lambda: (a := log_uniform(1e-4, 16), max(a, 1.5) * chance.uniform(1, 6)),
    "uniform": lambda: (a := log_uniform(16, 300), a * chance.uniform(0.4, 2)),
    "center": lambda: (a := log_uniform(300, 1e6), a + chance.gauss(0, 2) * a ** 0.5),
    "tails": lambda: (a := log_uniform(16, 300), a * chance.choice([chance.uniform(0.1, 0.4), chance.uniform(2, 4)])),
}
for region, draw in gamma.items():
    for _ in range(COUNT):
        a, x = draw()
        line("gammainc", region, (a, x), lower(mp.mpf(a), mp.mpf(x)))
        line("gammaincc", region, (a, x), upper(mp.mpf(a), mp.mpf(x)))
    for _ in range(COUNT // 3):
        a, x = draw()
        line("gammainc_da", region, (a, x), slope(mp.mpf(a), mp.mpf(x)))


def beta_lower(a, b, x):
    if x > 0.5:
        return 1 - beta_lower(b, a, 1 - x)
    with mp.workdps(80):
        # DLMF 8.17.8: terms of one sign
        term = total = mp.mpf(1)
        n = 0
        while term > total * mp.mpf(10) ** -60:
            term *= (a + b + n) * x / (a + 1 + n)
            total += term
            n += 1
        return total * mp.exp(a * mp.log(x) + b * mp.log(1 - x) - mp.loggamma(a + 1) - mp.loggamma(b) + mp.loggamma(a + b))


beta = {
    "small": lambda: (log_uniform(1e-4, 1), log_uniform(1e-4, 1), chance.uniform(0, 1)),
    "middle": lambda: (log_uniform(0.3, 100), log_uniform(0.3, 100), chance.uniform(0.001, 0.999)),
    "mixed": lambda: (a := log_uniform(0.3, 20), b := log_uniform(100, 1e5), min(0.99, a / (a + b) * chance.uniform(0.2, 3))),
    "center": lambda: (a := log_uniform(100, 1000), b := log_uniform(100, 1000), a / (a + b) + chance.gauss(0, 2) * (a * b) ** 0.5 / (a + b) ** 1.5),
    "wide": lambda: (a := log_uniform(1000, 3000), b := log_uniform(1000, 3000), a / (a + b) + chance.gauss(0, 2) * (a * b) ** 0.5 / (a + b) ** 1.5),
    "large": lambda: (a := log_uniform(3000, 30000), b := log_uniform(3000, 30000), a / (a + b) + chance.gauss(0, 2) * (a * b) ** 0.5 / (a + b) ** 1.5),
}
for region, draw in beta.items():
    for _ in range(COUNT if region != "large" else COUNT // 3):
        a, b, x = draw()
        line("betainc", region, (a, b, x), beta_lower(mp.mpf(a), mp.mpf(b), mp.mpf(x)))

for _ in range(2 * COUNT):
    s, q = 1 + log_uniform(1e-6, 40), log_uniform(1e-3, 1e3)
    with mp.workdps(200):
        line("zeta", "positive", (s, q), mp.zeta(mp.mpf(s), mp.mpf(q)))
    line("zeta", "riemann", (s, 1.0), mp.zeta(mp.mpf(s)))
for order, name in ((0, "j0"), (1, "j1")):
    for _ in range(COUNT):
        for region, x in (("near", chance.uniform(-8, 8)), ("far", chance.uniform(8, 60)), ("distant", log_uniform(60, 1e6)), ("tiny", log_uniform(1e-12, 1))):
            line(name, region, (x,), mp.besselj(order, mp.mpf(x)))
for _ in range(COUNT):
    for x in (chance.uniform(1.1, 2.5), 1.4616321449683622 + log_uniform(1e-15, 0.1)):
        line("digamma", "zero", (x,), mp.digamma(mp.mpf(x)))


def beta_slope(a, b, x):
    """d/da by differences of the smaller tail."""
    with mp.workdps(80):
        step = a * mp.mpf(10) ** -25
        tail = (lambda t: beta_lower(t, b, x)) if x * (a + b) < a else (lambda t: -beta_lower(b, t, 1 - x))
        return (tail(a + step) - tail(a - step)) / (2 * step)


for region in ("small", "middle", "mixed", "center", "wide"):
    for _ in range(COUNT // 2):
        a, b, x = beta[region]()
        line("betainc_da", region, (a, b, x), beta_slope(mp.mpf(a), mp.mpf(b), mp.mpf(x)))
