"""Minimax fits by the Remez exchange, in high precision, with coefficients rounded to the target format one after another."""
import mpmath as mp

mp.mp.dps = 50


def round_to(value, bits):
    """The nearest number with the given count of significant bits."""
    value = mp.mpf(value)
    if value == 0:
        return value
    mantissa, exponent = mp.frexp(value)
    scale = mp.mpf(2) ** bits
    return mp.nint(mantissa * scale) / scale * mp.mpf(2) ** exponent


def remez(f, weight, lo, hi, powers, points=800, rounds=30):
    """Coefficients c and error E: max |weight(x) (f(x) - sum c_k x^powers[k])| over [lo, hi] is least."""
    n = len(powers)
    lo, hi = mp.mpf(lo), mp.mpf(hi)
    grid = [(lo + hi) / 2 - (hi - lo) / 2 * mp.cos(mp.pi * (i + mp.mpf(1) / 2) / points) for i in range(points)]
    fs = [f(x) for x in grid]
    ws = [weight(x) for x in grid]
    idx = [min(points - 1, int(points * (i + 0.5) / (n + 1))) for i in range(n + 1)]
    best = None
    for _ in range(rounds):
        a = mp.matrix(n + 1, n + 1)
        b = mp.matrix(n + 1, 1)
        for row, i in enumerate(idx):
            for k, p in enumerate(powers):
                a[row, k] = grid[i] ** p
            a[row, n] = (-1) ** row / ws[i]
            b[row] = fs[i]
        solution = mp.lu_solve(a, b)
        c = [solution[k] for k in range(n)]
        err = [ws[i] * (fs[i] - sum(ck * x ** p for ck, p in zip(c, powers))) for i, x in enumerate(grid)]
        worst = max(abs(e) for e in err)
        if best is None or worst < best[1]:
            best = (c, worst)
        if worst <= abs(solution[n]) * mp.mpf("1.0005"):
            break
        peaks = []
        for i, e in enumerate(err):
            if peaks and (e > 0) == (err[peaks[-1]] > 0):
                if abs(e) > abs(err[peaks[-1]]):
                    peaks[-1] = i
            else:
                peaks.append(i)
        while len(peaks) > n + 1:
            peaks.pop(0 if abs(err[peaks[0]]) < abs(err[peaks[-1]]) else -1)
        if len(peaks) < n + 1:
            break
        idx = peaks
    return best


def least_squares(values, weights, grid, powers):
    """Weighted least squares through the normal equations; harmless at 50 digits."""
    n = len(powers)
    a, b = mp.matrix(n, n), mp.matrix(n, 1)
    for y, w, x in zip(values, weights, grid):
        row = [w * x ** p for p in powers]
        for i in range(n):
            b[i] += row[i] * w * y
            for j in range(i, n):
                a[i, j] += row[i] * row[j]
    for i in range(n):
        for j in range(i):
            a[i, j] = a[j, i]
    return list(mp.lu_solve(a, b))


def round_in_turn(c, weights, grid, powers, bits):
    """Rounds the lowest coefficient and lets the others make up for the change, then the next, and so on."""
    c = list(c)
    for k, p in enumerate(powers):
        rounded = round_to(c[k], bits)
        change = c[k] - rounded
        c[k] = rounded
        rest = powers[k + 1:]
        if rest:
            delta = least_squares([change * x ** p for x in grid], weights, grid, rest)
            c[k + 1:] = [a + d for a, d in zip(c[k + 1:], delta)]
    return c


def fit(name, f, weight, lo, hi, powers, bits, points=800):
    """Fits by Remez and rounds in turn.

    Prints a C# table, lowest power first, and the weighted error before and after rounding.
    """
    powers = list(powers)
    lo, hi = mp.mpf(lo), mp.mpf(hi)
    c, error = remez(f, weight, lo, hi, powers, points)
    grid = [(lo + hi) / 2 - (hi - lo) / 2 * mp.cos(mp.pi * (i + mp.mpf(1) / 2) / 200) for i in range(200)]
    weights = [weight(x) for x in grid]
    c = round_in_turn(c, weights, grid, powers, bits)
    xs = [lo + (hi - lo) * i / 2000 for i in range(2001)]
    final = max(abs(weight(x) * (f(x) - sum(a * x ** p for a, p in zip(c, powers)))) for x in xs)
    digits = 9 if bits == 24 else 17
    print(f"// {name}: powers {powers}, minimax error {mp.nstr(error, 3)}, rounded {mp.nstr(final, 3)} = 2^{mp.nstr(mp.log(final, 2), 4)}")
    print("    [" + ", ".join(mp.nstr(a, digits, min_fixed=-3, max_fixed=3) for a in c) + "],", flush=True)
    return c


def fit_rational(name, f, scale, lo, hi, top, bottom, bits, points=120, plain=5, lawson=15):
    """N/D of the given degrees with D(0) = 1, near-minimax in |N/D - f| / scale by reweighted linearised least squares; prints two C# tables."""
    lo, hi = mp.mpf(lo), mp.mpf(hi)
    xs = [(lo + hi) / 2 - (hi - lo) / 2 * mp.cos(mp.pi * (i + mp.mpf(1) / 2) / points) for i in range(points)]
    fs = [f(x) for x in xs]
    scales = [scale(x) for x in xs]
    q = [mp.mpf(1)] * points
    lawson_weights = [mp.mpf(1)] * points
    best = None
    size = top + 1 + bottom
    for turn in range(plain + lawson):
        a, b = mp.matrix(size, size), mp.matrix(size, 1)
        for x, y, d, s, l in zip(xs, fs, q, scales, lawson_weights):
            w = l / (d * s) ** 2
            row = [x ** k for k in range(top + 1)] + [-y * x ** k for k in range(1, bottom + 1)]
            for i in range(size):
                b[i] += row[i] * w * y
                for j in range(i, size):
                    a[i, j] += row[i] * w * row[j]
        for i in range(size):
            for j in range(i):
                a[i, j] = a[j, i]
        c = mp.lu_solve(a, b)
        n = [c[k] for k in range(top + 1)]
        d = [mp.mpf(1)] + [c[top + k] for k in range(1, bottom + 1)]
        q = [mp.polyval(d[::-1], x) for x in xs]
        err = [abs(mp.polyval(n[::-1], x) / e - y) / s for x, y, e, s in zip(xs, fs, q, scales)]
        worst = max(err)
        if best is None or worst < best[0]:
            best = (worst, n, d)
        if turn >= plain:
            lawson_weights = [l * e / worst for l, e in zip(lawson_weights, err)]
            largest = max(lawson_weights)
            lawson_weights = [max(l / largest, mp.mpf("1e-6")) for l in lawson_weights]
    error, n, d = best
    d = [round_to(x, bits) for x in d]
    q = [mp.polyval(d[::-1], x) for x in xs]
    powers = list(range(top + 1))
    weights = [1 / (e * s) for e, s in zip(q, scales)]
    n = least_squares([y * e for y, e in zip(fs, q)], weights, xs, powers)
    n = round_in_turn(n, weights, xs, powers, bits)
    final = max(abs(mp.polyval(n[::-1], x) / mp.polyval(d[::-1], x) - y) / s for x, y, s in zip(xs, fs, scales))
    digits = 9 if bits == 24 else 17
    print(f"// {name}: degrees {top}/{bottom}, error {mp.nstr(error, 3)}, rounded {mp.nstr(final, 3)} = 2^{mp.nstr(mp.log(final, 2), 4)}")
    for table in (n, d):
        print("    [" + ", ".join(mp.nstr(x, digits, min_fixed=-3, max_fixed=3) for x in table) + "],", flush=True)
