"""Elementary functions of float64 in 60 digits, for tests/Ashlar.Tests/Functions.

Writes lines `name x y nearest rest`: arguments, the double nearest to the exact value, and what is missing from it to the exact
value, all as the 16 hexadecimal digits of their bits. Needs Debian's python3-mpmath. Run from the repository's root:
    python3 tools/vectors/functions.py > tests/Ashlar.Tests/Vectors/functions.txt
"""
import random
import struct

import mpmath as mp

mp.mp.dps = 60
chance = random.Random(20240917)


def spread(low, high, count):
    """Half of the points spread evenly, half by magnitude, with both signs where the range has them."""
    points = [low + (high - low) * (i + chance.random()) / (count // 2) for i in range(count // 2)]
    for _ in range(count - len(points)):
        size = 10 ** chance.uniform(-12, float(mp.log10(max(abs(low), abs(high)))))
        points.append(-size if low < 0 and chance.random() < 0.5 else float(size))
    return [p for p in points if low <= p <= high and p != 0]


def line(name, x, y, value):
    nearest = float(value)
    if nearest == 0 or abs(nearest) == float("inf") or abs(nearest) < 2.3e-308:
        return
    print(name, *(struct.pack('>d', v).hex() for v in (x, y, nearest, float(value - mp.mpf(nearest)))))


unary = {
    "exp": (mp.exp, -700, 700), "expm1": (mp.expm1, -40, 700), "log": (mp.log, 1e-300, 1e6), "log1p": (mp.log1p, -0.999999, 1e6),
    "sin": (mp.sin, -1e6, 1e6), "cos": (mp.cos, -1e6, 1e6), "tanh": (mp.tanh, -20, 20), "sigmoid": (lambda x: 1 / (1 + mp.exp(-x)), -700, 40),
    "erf": (mp.erf, -5.9, 5.9), "erfinv": (mp.erfinv, -0.9999999, 0.9999999),
}
for name, (function, low, high) in unary.items():
    for x in spread(float(low), float(high), 160):
        line(name, x, 0.0, function(mp.mpf(x)))
for x in [1 - 2 ** -chance.uniform(1, 53) for _ in range(160)]:
    line("erfinv", x, 0.0, mp.erfinv(mp.mpf(x)))
for x in spread(1e-8, 1e6, 160):
    y = chance.uniform(-20, 20)
    line("pow", x, y, mp.power(mp.mpf(x), mp.mpf(y)))
