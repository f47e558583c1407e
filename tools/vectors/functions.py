"""Elementary functions of float64 in 60 digits, for tests/Ashlar.Tests/Functions.

Writes lines `name x y nearest rest`: arguments, the double nearest to the exact value, and what is missing from it to the exact
value, all as the 16 hexadecimal digits of their bits. Needs Debian's python3-mpmath. Run from the repository's root:
    python3 tools/vectors/functions.py > tests/Ashlar.Tests/Vectors/functions.txt
    python3 tools/vectors/functions.py 50 > POINTS      # fifty times as many points, for tools/accuracy/scan.cs
"""
import random
import struct
import sys

import mpmath as mp

mp.mp.dps = 60
chance = random.Random(20240917)
times = int(sys.argv[1]) if len(sys.argv) > 1 else 1


def spread(low, high, count):
    """Half of the points spread evenly, half by magnitude, with both signs where the range has them."""
    count *= times
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
    "exp": (mp.exp, -740, 700), "expm1": (mp.expm1, -40, 700), "log": (mp.log, 1e-300, 1e6), "log1p": (mp.log1p, -0.999999, 1e6),
    "sin": (mp.sin, -1e6, 1e6), "cos": (mp.cos, -1e6, 1e6), "tanh": (mp.tanh, -20, 20), "sigmoid": (lambda x: 1 / (1 + mp.exp(-x)), -700, 40),
    "erf": (mp.erf, -5.9, 5.9), "erfinv": (mp.erfinv, -0.9999999, 0.9999999),
    "tan": (mp.tan, -1e6, 1e6), "exp2": (lambda x: mp.mpf(2) ** x, -1070, 1020), "log2": (lambda x: mp.log(x, 2), 1e-300, 1e6), "log10": (mp.log10, 1e-300, 1e6),
    "asin": (mp.asin, -1, 1), "acos": (mp.acos, -1, 1), "atan": (mp.atan, -100, 100), "sinh": (mp.sinh, -710, 710), "cosh": (mp.cosh, -710, 710),
    "asinh": (mp.asinh, -100, 1e6), "acosh": (mp.acosh, 1, 1e4), "atanh": (mp.atanh, -1, 1), "cbrt": (mp.cbrt, 0, 1e9), "erfc": (mp.erfc, -6, 26.5),
}
inner = {
    "log": (0.5, 2), "log2": (0.5, 2), "log10": (0.5, 2), "sin": (-7, 7), "cos": (-7, 7), "tan": (-7, 7), "sinh": (-3, 3), "cosh": (-3, 3), "atan": (-4, 4),
    "asinh": (-4, 4), "acosh": (1, 4), "erfc": (-1, 4), "exp": (-2, 2), "expm1": (-2, 2), "log1p": (-0.6, 3), "tanh": (-2, 2), "sigmoid": (-3, 3), "exp2": (-2, 2),
}
for name, (function, low, high) in unary.items():
    for x in spread(float(low), float(high), 160):
        line(name, x, 0.0, function(mp.mpf(x)))
    for x in spread(*map(float, inner[name]), 200) if name in inner else []:
        line(name, x, 0.0, function(mp.mpf(x)))
# huge angles, and those nearest to multiples of pi/2: 6381956970095103 2^797 (Muller et al., Handbook of Floating-Point Arithmetic) and neighbours
angles = [6381956970095103.0 * 2.0 ** 797, 2.0 ** 40, 2.0 ** 40 + 1, 1e22, 1.7e308] + [2 ** chance.uniform(20, 1023.9) * chance.choice([-1, 1]) for _ in range(60 * times)]
mp.mp.prec = 1400
for name in ("sin", "cos", "tan"):
    for x in angles:
        line(name, x, 0.0, unary[name][0](mp.mpf(x)))
mp.mp.dps = 60
for x in [1 - 2 ** -chance.uniform(1, 53) for _ in range(160 * times)]:
    line("erfinv", x, 0.0, mp.erfinv(mp.mpf(x)))
for x in spread(1e-8, 1e6, 160):
    y = chance.uniform(-20, 20)
    line("pow", x, y, mp.power(mp.mpf(x), mp.mpf(y)))
for _ in range(320 * times):
    x, y = chance.uniform(-3, 3), chance.uniform(-3, 3)
    line("atan2", x, y, mp.atan2(mp.mpf(x), mp.mpf(y)))
    line("hypot", x, y, mp.hypot(mp.mpf(x), mp.mpf(y)))
    x, y = 10 ** chance.uniform(-300, 300), 10 ** chance.uniform(-300, 300)
    line("atan2", x, y, mp.atan2(mp.mpf(x), mp.mpf(y)))
    y = x * chance.uniform(0.01, 1)
    line("hypot", x, y, mp.hypot(mp.mpf(x), mp.mpf(y)))
special = {
    "lgamma": (mp.loggamma, (2.05, 30), (1e-6, 0.95), (1.05, 1.95)), "digamma": (mp.digamma, (2.5, 40), (1e-4, 1.1)), "trigamma": (lambda x: mp.psi(1, x), (0.01, 40)),
    "polygamma4": (lambda x: mp.psi(4, x), (0.05, 40)), "i0e": (lambda x: mp.besseli(0, x) * mp.exp(-abs(x)), (-9, 60)),
    "i1e": (lambda x: mp.besseli(1, x) * mp.exp(-abs(x)), (-9, 60)), "i0": (lambda x: mp.besseli(0, x), (-9, 60)), "i1": (lambda x: mp.besseli(1, x), (-9, 60)),
    "log_ndtr": (lambda x: mp.log(mp.erfc(-x / mp.sqrt(2)) / 2), (-30, 8)), "ndtri": (lambda p: mp.sqrt(2) * mp.erfinv(2 * p - 1), (1e-9, 0.4), (0.6, 0.9999)),
}
for name, (function, *ranges) in special.items():
    for low, high in ranges:
        for x in spread(float(low), float(high), 240):
            line(name, x, 0.0, function(mp.mpf(x)))
for x in [10 ** chance.uniform(6, 300) for _ in range(120 * times)]:
    line("asinh", x, 0.0, mp.asinh(mp.mpf(x)))
    line("acosh", x, 0.0, mp.acosh(mp.mpf(x)))
# the worst points of a run with fifty times as many
functions = unary | {name: (function,) for name, (function, *_) in special.items()} | {"pow": (mp.power,), "atan2": (mp.atan2,), "hypot": (mp.hypot,)}
worst = {
    "exp": (-527.1358417721342,),
    "expm1": (0.38751753655369026,),
    "log": (1.6275015905416124,),
    "log1p": (0.44309019215996587,),
    "sin": (3.9312665493927046,),
    "cos": (-644487.5587368291,),
    "tanh": (-0.23432738825092647,),
    "sigmoid": (-0.040593317268217216,),
    "erf": (0.9647142495661312,),
    "erfinv": (0.9999999679348155,),
    "tan": (-3.8934781266697382,),
    "exp2": (20.561166790664366,),
    "log2": (1.333099412590814,),
    "log10": (58907.67126110811,),
    "asin": (-0.5114326343617424,),
    "acos": (0.6293210699343383,),
    "atan": (-0.43525671202393706,),
    "sinh": (-0.3767771649253926,),
    "cosh": (-2.4702220903838334,),
    "asinh": (0.3728856944738819,),
    "acosh": (1.0748026944482214,),
    "atanh": (-0.4478763888154651,),
    "cbrt": (1.563938365871626E-05,),
    "erfc": (3.579373138365408,),
    "pow": (37954.74661296163, 14.893224582883995),
    "atan2": (-0.27539529883044356, 1.0857842433353584),
    "hypot": (5.142957348731612E+77, 4.77441868125993E+77),
    "lgamma": (1.4123280278510593,),
    "digamma": (1.0741106922850505,),
    "trigamma": (34.49108174853476,),
    "polygamma4": (15.480867042605693,),
    "i0e": (2.7597624436954795E-09,),
    "i1e": (7.492393445431723,),
    "i0": (-7.929094419082553,),
    "i1": (-6.7629247893729545,),
    "log_ndtr": (0.003052997377682005,),
    "ndtri": (0.164335457822212,),
}
for name, point in worst.items():
    line(name, point[0], point[1] if len(point) > 1 else 0.0, functions[name][0](*map(mp.mpf, point)))
