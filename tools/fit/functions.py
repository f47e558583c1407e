"""Derives the polynomial tables of src/Ashlar.Core/Functions.

Run: python3 tools/fit/functions.py [name ...]    (needs mpmath)
Each line printed is a table as it stands in the source, lowest power first.
"""
import sys
import mpmath as mp
from remez import fit, fit_rational

ln2 = mp.log(2)
tiny = mp.mpf(10) ** -25


def near(x):
    return x if abs(x) > tiny else tiny


def one(_):
    return mp.mpf(1)


def expm1_tail(r):
    """(e^r - 1 - r) / r^2."""
    r = near(r)
    return mp.nsum(lambda k: r ** k / mp.factorial(k + 2), [0, 40]) if abs(r) < mp.mpf("0.01") else (mp.expm1(r) - r) / r ** 2


def exp():
    half = ln2 / 2 * mp.mpf("1.0005")
    for bits, count in ((24, 5), (53, 10)):
        # e^r = 1 + r + r^2 q(r), both leading coefficients exact
        fit(f"exp {bits}", lambda r: expm1_tail(r), lambda r: max(r * r, mp.mpf("1e-5")) / mp.exp(r), -half, half, range(count), bits)


def expm1():
    half = ln2 / 2 * mp.mpf("1.0005")
    for bits, count in ((24, 6), (53, 11)):
        fit(f"expm1 {bits}", lambda r: expm1_tail(r), lambda r: max(abs(r), mp.mpf("1e-3")), -half, half, range(count), bits)


def log():
    # float32: log(1+f) = f + f^2 (-1/2 + f p(f)), f in [-1/3, 1/3]
    def tail(f):
        f = near(f)
        return mp.nsum(lambda k: (-1) ** k * f ** k / (k + 2), [0, 60]) * -1 if abs(f) < mp.mpf("0.01") else (mp.log1p(f) - f) / f ** 2
    fit("log 24", tail, lambda f: max(abs(f), mp.mpf("1e-3")), -mp.mpf(1) / 3, mp.mpf(1) / 3, range(9), 24)
    # float64: log(1+f) = 2 atanh(s), s = f/(2+f): 2 s + 2 s^3 p(s^2); table of 2 p as polynomial in z = s^2
    top = (mp.sqrt(2) - 1) / (mp.sqrt(2) + 1)
    def atanh_tail(z):
        s = mp.sqrt(near(z))
        return 2 * (mp.atanh(s) - s) / s ** 3 if z > mp.mpf("1e-4") else 2 * mp.nsum(lambda k: z ** k / (2 * k + 3), [0, 30])
    for count in (7,):
        fit("log 53", atanh_tail, lambda z: max(z, mp.mpf("1e-5")), 0, top ** 2 * mp.mpf("1.0005"), range(count), 53)


def erf():
    def q(t):
        x = mp.sqrt(near(t))
        return mp.erf(x) / x - 1
    for bits, count, hi in ((24, 7, 1), (53, 13, 1)):
        fit(f"erf small {bits}", q, lambda t: 1 / (1 + q(t)), 0, hi, range(count), bits)
    # float32: erfc(a) = P(a)^4 on [1, 4]
    for n, count in ((4, 9),):
        fit(f"erfc^(1/{n}) 24", lambda a: mp.root(mp.erfc(a), n), lambda a: n * mp.root(mp.erfc(a), n) ** (n - 1) + mp.mpf("1e-5"), mp.mpf("0.999"), mp.mpf("4.0"), range(count), 24, 600)


    # float64: e^(a^2) erfc(a) in w = (a - 3)/(a + 3) on [1, 6]
    def a_of(w):
        return 3 * (1 + w) / (1 - w)
    fit("erfcx 53", lambda w: mp.exp(a_of(w) ** 2) * mp.erfc(a_of(w)), lambda w: mp.exp(-a_of(w) ** 2) + mp.mpf("1e-16"),
        (mp.mpf("0.999") - 3) / mp.mpf("3.999"), mp.mpf(3) / 9, range(12), 53, 400)


def sincos():
    def sin_tail(z):
        x = mp.sqrt(near(z))
        return (mp.sin(x) - x) / x ** 3 if z > mp.mpf("1e-4") else mp.nsum(lambda k: (-1) ** (k + 1) * z ** k / mp.factorial(2 * k + 3), [0, 20])
    def cos_tail(z):
        x = mp.sqrt(near(z))
        return (mp.cos(x) - 1 + z / 2) / z ** 2 if z > mp.mpf("1e-4") else mp.nsum(lambda k: (-1) ** k * z ** k / mp.factorial(2 * k + 4), [0, 20])
    for bits, count in ((24, 3), (53, 6)):
        # the quotient n is rounded from a product with a constant of the type, so |r| passes pi/4 a little for large arguments
        z_top = (mp.pi / 4 * mp.mpf("1.06" if bits == 24 else "1.005")) ** 2
        fit(f"sin {bits}", sin_tail, lambda z: max(z, mp.mpf("1e-4")), 0, z_top, range(count), bits)
    for bits, count in ((24, 3), (53, 6)):
        z_top = (mp.pi / 4 * mp.mpf("1.06" if bits == 24 else "1.005")) ** 2
        fit(f"cos {bits}", cos_tail, lambda z: max(z * z, mp.mpf("1e-4")), 0, z_top, range(count), bits)


def pow():
    # (2 atanh q - 2 q - 2/3 q^3) / q^5 in z = q^2
    for bits, count, q_top in ((24, 4, mp.mpf("0.2")), (53, 9, mp.mpf("0.17158"))):
        fit(f"pow {bits}", lambda z: 2 * mp.nsum(lambda k: z ** k / (2 * k + 5), [0, 80]), lambda z: max(z * z, mp.mpf("1e-7")), 0, q_top ** 2,
            range(count), bits, 300)


def erfinv():
    # erfinv(x) / x - 1 as a function of w = -ln(1 - x^2)
    def ratio(w):
        x = mp.sqrt(-mp.expm1(-max(w, mp.mpf("1e-15"))))
        return mp.erfinv(x) / x
    cached = {}
    def ratio_once(w):
        if w not in cached:
            cached[w] = ratio(w)
        return cached[w]
    for bits, hi, top, bottom in ((24, "16.7", 6, 5), (53, "7", 9, 9)):
        fit_rational(f"erfinv {bits}", lambda w: ratio_once(w) - 1, ratio_once, 0, hi, top, bottom, bits)
    # erfinv(x) / (x sqrt w) - 1 in w - 7: from the low end all coefficients have one sign and their rounding is harmless
    seven = mp.mpf(7)
    for top, bottom in ((11, 11),):
        fit_rational("erfinv tail 53", lambda u: ratio_once(u + seven) / mp.sqrt(u + seven) - 1, lambda u: ratio_once(u + seven) / mp.sqrt(u + seven),
            mp.mpf("-0.01"), 30, top, bottom, 53)


def exp2():
    # (2^r - 1) / r
    def q(r):
        r = near(r)
        return mp.expm1(r * ln2) / r
    for bits, count in ((24, 7), (53, 12)):
        fit(f"exp2 {bits}", q, lambda r: max(abs(r), mp.mpf("1e-3")), -mp.mpf("0.5005"), mp.mpf("0.5005"), range(count), bits)


def coarse_log():
    def tail(f):
        f = near(f)
        return mp.nsum(lambda k: (-1) ** k * f ** k / (k + 2), [0, 60]) * -1 if abs(f) < mp.mpf("0.01") else (mp.log1p(f) - f) / f ** 2
    for count in (11,):
        fit(f"coarse log {count}", tail, lambda f: max(abs(f), mp.mpf("1e-3")), -mp.mpf(1) / 3, mp.mpf(1) / 3, range(count), 53)


def atan():
    top = (mp.sqrt(2) - 1) ** 2 * mp.mpf("1.0005")
    def tail(z):
        t = mp.sqrt(near(z))
        return (mp.atan(t) - t) / t ** 3 if z > mp.mpf("1e-4") else -mp.nsum(lambda k: (-1) ** k * z ** k / (2 * k + 3), [0, 30])
    for count in (6, 12):
        fit(f"atan {count}", tail, lambda z: max(z, mp.mpf("1e-4")), 0, top, range(count), 53)


def asin():
    def tail(z):
        x = mp.sqrt(near(z))
        return (mp.asin(x) - x) / x ** 3 if z > mp.mpf("1e-4") else mp.nsum(lambda k: mp.binomial(2*k+2, k+1) * z ** k / mp.mpf(4) ** (k+1) / (2 * k + 3), [0, 30])
    for count in (7, 13):
        fit(f"asin {count}", tail, lambda z: max(z, mp.mpf("1e-4")), 0, mp.mpf("0.2501"), range(count), 53)


def sinhcosh():
    top = (ln2 / 2 * mp.mpf("1.001")) ** 2
    def s(z):
        r = mp.sqrt(near(z))
        return (mp.sinh(r) - r) / r ** 3 if z > mp.mpf("1e-4") else mp.nsum(lambda k: z ** k / mp.factorial(2*k+3), [0, 20])
    def c(z):
        r = mp.sqrt(near(z))
        return (mp.cosh(r) - 1) / r ** 2 if z > mp.mpf("1e-4") else mp.nsum(lambda k: z ** k / mp.factorial(2*k+2), [0, 20])
    for bits, count in ((24, 3), (53, 6)):
        fit(f"sinh {bits} {count}", s, lambda z: max(z, mp.mpf("1e-4")), 0, top, range(count), bits)
    for bits, count in ((24, 3), (53, 6)):
        fit(f"cosh {bits} {count}", c, lambda z: max(z, mp.mpf("1e-4")), 0, top, range(count), bits)


def cbrt():
    for count in (5,):
        fit(f"cbrt {count}", lambda m: m ** (-mp.mpf(1)/3), lambda m: m ** (mp.mpf(1)/3), 1, 2, range(count), 53)


def erfc():
    K = mp.mpf("3.75")
    def a_of(t):
        return K * (1 + t) / (1 - t)
    cache = {}
    def p(t):
        if t not in cache:
            a = a_of(t)
            cache[t] = (1 + 2 * a) * mp.exp(a * a) * mp.erfc(a)
        return cache[t]
    for hi, count in (((mp.mpf("10.2") - K) / (mp.mpf("10.2") + K), 12), (mp.mpf("0.99999"), 25)):
        fit(f"erfc {count}", p, lambda t: 1 / p(t), -1, hi, range(count), 53, 800)


def lgamma():
    # lgamma(2 + t) / t, |t| <= 1/2
    def r(t):
        return mp.loggamma(2 + t) / t if abs(t) > mp.mpf(10) ** -20 else mp.digamma(2)
    for count in (11, 18):
        fit(f"lgamma {count}", r, lambda t: 1 / r(t), -mp.mpf("0.5005"), mp.mpf("0.5005"), range(count), 53)


def chebyshev(name, f, lo, hi, tiny):
    n = 48
    lo, hi = mp.mpf(lo), mp.mpf(hi)
    nodes = [mp.cos(mp.pi * (k + mp.mpf(1) / 2) / n) for k in range(n)]
    values = [f((hi - lo) / 2 * t + (lo + hi) / 2) for t in nodes]
    c = [2 / mp.mpf(n) * sum(v * mp.cos(mp.pi * j * (k + mp.mpf(1) / 2) / n) for k, v in enumerate(values)) for j in range(n)]
    c[0] /= 2
    while abs(c[-1]) < tiny:
        c.pop()
    print(f"// {name}: {len(c)} terms, in [-1, 1]")
    print("    [" + ", ".join(mp.nstr(a, 17, min_fixed=-3, max_fixed=3) for a in c) + "],", flush=True)


def bessel():
    tiny = mp.mpf(2) ** -58
    for order in (0, 1):
        chebyshev(f"e^-x I{order}(x){' / x' if order else ''} on [0, 8]", lambda x: mp.besseli(order, x) * mp.exp(-x) / (x if order and x else 1), mp.mpf(10)**-30, 8, tiny)
        # in u = 8 / x
        chebyshev(f"sqrt(x) e^-x I{order}(x) in 8 / x on (0, 1]", lambda u: mp.sqrt(8 / u) * mp.besseli(order, 8 / u) * mp.exp(-8 / u) if u > mp.mpf("1e-6") else 1 / mp.sqrt(2 * mp.pi) , mp.mpf("0.0"), 1, tiny)


def bessel_first():
    tiny = mp.mpf(2) ** -58

    def phase(order, u):
        # P and x Q at x = 8 / sqrt(u), from J = sqrt(2 / pi x) (P cos - Q sin) and Y = sqrt(2 / pi x) (P sin + Q cos)
        x = 8 / mp.sqrt(u)
        chi = x - mp.pi / 4 - order * mp.pi / 2
        scale = mp.sqrt(mp.pi * x / 2)
        j, y = mp.besselj(order, x), mp.bessely(order, x)
        return scale * (j * mp.cos(chi) + y * mp.sin(chi)), scale * (y * mp.cos(chi) - j * mp.sin(chi)) * x

    for order in (0, 1):
        chebyshev(f"J{order}(x){' / x' if order else ''} in x^2 on [0, 64]", lambda z: mp.besselj(order, mp.sqrt(z)) / (mp.sqrt(z) if order else 1), tiny, 64, tiny / 8)
        for part, limit in ((0, mp.mpf(1)), (1, mp.mpf(4 * order * order - 1) / 8)):
            chebyshev(f"{'x Q' if part else 'P'} of J{order} in 64 / x^2", lambda u: phase(order, u)[part] if u > mp.mpf("1e-12") else limit, 0, 1, tiny)


def digamma():
    zero = mp.findroot(mp.digamma, mp.mpf("1.4616"))
    print("// zero:", repr(float(zero)), repr(float(zero - mp.mpf(float(zero)))))
    chebyshev("psi(x) / (x - zero) on [1.1, 2.5]", lambda x: mp.digamma(x) / (x - zero), mp.mpf("1.1"), mp.mpf("2.5"), mp.mpf(2) ** -58)


def temme():
    # Temme 1979: c_k = sum d[k][n] eta^n with d[k][n] = (-1)^k g[k] d[0][n] + (n + 2) d[k-1][n+2], g of Gamma*(a) = sum g[k] a^-k
    count, orders = 60, 14
    alpha = [0, mp.mpf(1), mp.mpf(1) / 3]
    for n in range(3, count + 4):
        alpha.append((alpha[n - 1] - sum(j * alpha[j] * alpha[n - j + 1] for j in range(2, n))) / (n + 1))
    log = [mp.bernoulli(k + 1) / (k * (k + 1)) if k % 2 else mp.mpf(0) for k in range(orders + 1)]
    g = [mp.mpf(1)]
    for n in range(1, orders + 1):
        g.append(sum(j * log[j] * g[n - j] for j in range(1, n + 1)) / n)
    row = [-mp.mpf(1) / 3] + [(n + 2) * alpha[n + 2] for n in range(1, count)]
    first = row
    for k in range(12):
        # what is below 2e-17 at |eta| = 0.8 and a = 16 is left out
        last = max(n for n in range(len(row)) if abs(row[n]) * mp.mpf("0.8") ** n / mp.mpf(16) ** k > 2e-17)
        print("    [" + ", ".join(repr(float(d)) for d in row[:last + 1]) + "],")
        row = [(-1) ** (k + 1) * g[k + 1] * first[n] + (n + 2) * row[n + 2] for n in range(len(row) - 2)]
    print("// Gamma*:", [float(v) for v in g[:13]])


if __name__ == "__main__":
    for name in sys.argv[1:] or ["exp", "expm1", "log", "erf", "sincos", "pow", "erfinv", "exp2", "coarse_log", "atan", "asin", "sinhcosh", "cbrt", "erfc", "lgamma", "bessel", "bessel_first", "digamma", "temme"]:
        globals()[name]()
