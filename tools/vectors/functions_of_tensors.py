"""Values of NumPy, SciPy and PyTorch for the functions of tensors that no other script records, as JSON.

Run:  python3 tools/vectors/functions_of_tensors.py > tests/Ashlar.Tests/Vectors/functions_of_tensors.json
Made with NumPy 1.24.2, SciPy 1.10.1 and PyTorch 1.13.1. Operands hold NaN, infinities, -0, the least subnormal and the largest number of their dtype; one is empty, one has no axes.
float32 results of functions that round more than once are those of float64, rounded.
"""
import json
import warnings
from fractions import Fraction
import mpmath
import numpy as np
import scipy.special as sc
import torch

warnings.simplefilter("ignore")
arrays, record = {}, []
NAN, INF = float("nan"), float("inf")
FLOATS = (np.float32, np.float64)
INTEGERS = (np.int8, np.uint8, np.int32, np.int64)


def number(v):
    if isinstance(v, complex):
        return [number(v.real), number(v.imag)]
    return v if isinstance(v, (bool, int)) or np.isfinite(v) else str(v)


def array(a):
    """Its place among the arrays; equal ones are written once."""
    a = np.asarray(a)
    text = json.dumps({"type": str(a.dtype), "shape": list(a.shape), "values": [number(v.item() if a.dtype != np.float32 else float(v)) for v in a.reshape(-1)]}, separators=(",", ":"))
    return arrays.setdefault(text, len(arrays))


def case(name, operands, results):
    results = results if isinstance(results, (list, tuple)) else [results]
    record.append({"name": name, "operands": [array(o) for o in operands], "results": [array(r) for r in results]})


def special(dtype, *more):
    facts = np.finfo(dtype)
    values = [0.0, -0.0, 1, -1, 0.5, -0.5, 2.5, -2.5, 3, 0.1, -0.7, 1e-3, 20.25, -30.5, NAN, INF, -INF, facts.smallest_subnormal, -facts.smallest_subnormal, facts.max, -facts.max]
    return np.array(values + list(more), dtype=dtype)


def wide(f, x):
    """The function in float64, rounded to the dtype of x unless it is bool."""
    y = np.asarray(f(*[v.astype(np.float64) for v in x]))
    return y if y.dtype == bool else y.astype(x[0].dtype)


def unary(name, f, exact=False, integers=False, skip=lambda x: np.zeros(x.shape, bool)):
    for dtype in FLOATS:
        x = special(dtype)
        x = x[~skip(x)]
        case(name, [x], f(x) if exact else wide(f, [x]))
    for x in (np.array(0.75), np.zeros((0, 3))):
        case(name, [x], np.asarray(f(x)))
    for dtype in INTEGERS if integers else ():
        x = np.array([0, 1, 2, 5, 127, -1, -7, -128] if np.iinfo(dtype).min < 0 else [0, 1, 2, 5, 255], dtype=dtype)
        case(name, [x], np.asarray(f(x)))


def binary(name, f, exact=True, integers=False, skip=lambda a, b: np.zeros(np.broadcast_shapes(a.shape, b.shape), bool)):
    for dtype in FLOATS:
        facts = np.finfo(dtype)
        values = np.array([0.0, -0.0, 1, -2.5, 3, NAN, INF, -INF, facts.smallest_subnormal, facts.max], dtype=dtype)
        a, b = (v.reshape(-1) for v in np.broadcast_arrays(values[:, None], values))
        keep = ~skip(a, b)
        a, b = a[keep], b[keep]
        case(name, [a, b], f(a, b) if exact else wide(f, [a, b]))
    for a, b in ((np.array(0.75), np.array([1.5, 0.25])), (np.zeros((0, 3)), np.ones((1, 3))), (np.array([[0.5], [2.0]]), np.array([0.25, 3.0, 1.0]))):
        case(name, [a, b], np.asarray(f(a, b)))
    for dtype in INTEGERS if integers else ():
        low = np.iinfo(dtype).min < 0
        a = np.array([0, 1, 7, 100, 127, -1, -7, -128] if low else [0, 1, 7, 100, 200, 255], dtype=dtype)[:, None]
        b = np.array([1, 2, 3, 7, -1, -3] if low else [1, 2, 3, 7], dtype=dtype)
        case(name, [a, b], np.asarray(f(a, b)))


def tensor(f):
    """A function of PyTorch as one of arrays."""
    return lambda *x: f(*[torch.from_numpy(np.array(v)) for v in x]).numpy()


# --- functions of elements ------------------------------------------------------------------------------------------------------------------------------
for name, f in {
    "Abs": np.abs, "Sign": np.sign, "Square": np.square, "Negative": np.negative, "operator -x": np.negative, "Positive": np.positive, "Signbit": np.signbit,
    "IsFinite": np.isfinite, "IsInf": np.isinf, "IsNaN": np.isnan, "LogicalNot": np.logical_not, "Relu": tensor(torch.relu),
}.items():
    unary(name, f, exact=True, integers=True)
for name, f in {
    "Sqrt": np.sqrt, "Reciprocal": np.reciprocal, "Ceil": np.ceil, "Floor": np.floor, "Trunc": np.trunc, "Round": np.round, "NanToNum": np.nan_to_num,
    "NanToNum with values": lambda x: np.nan_to_num(x, nan=7, posinf=8, neginf=-9),
}.items():
    unary(name, f, exact=True)
for name, f in {
    "Exp": np.exp, "Exp2": np.exp2, "Expm1": np.expm1, "Log": np.log, "Log2": np.log2, "Log10": np.log10, "Log1p": np.log1p, "Sin": np.sin, "Cos": np.cos, "Tan": np.tan,
    "Asin": np.arcsin, "Acos": np.arccos, "Atan": np.arctan, "Sinh": np.sinh, "Cosh": np.cosh, "Tanh": np.tanh, "Asinh": np.arcsinh, "Acosh": np.arccosh, "Atanh": np.arctanh,
    "Cbrt": np.cbrt, "Rsqrt": lambda x: 1 / np.sqrt(x), "Sigmoid": sc.expit, "Erf": sc.erf, "Erfc": sc.erfc, "ErfInverse": sc.erfinv,
    "LogSigmoid": sc.log_expit, "Softplus": lambda x: np.logaddexp(0, x), "Entr": sc.entr,
    "BesselI0": sc.i0, "BesselI0e": sc.i0e, "BesselI1": sc.i1, "BesselI1e": sc.i1e, "Ndtr": sc.ndtr, "LogNdtr": sc.log_ndtr, "Ndtri": sc.ndtri, "Lgamma": tensor(torch.lgamma),
}.items():
    unary(name, f)
unary("Sinc", np.sinc, skip=lambda x: np.abs(x) > 1e30)
unary("Digamma", sc.digamma, skip=lambda x: (x == 0) | (x < -30) | ((x < 0) & (x == np.floor(x))))
unary("Polygamma 1", lambda x: sc.polygamma(1, x), skip=lambda x: x <= 0)
unary("Polygamma 3", lambda x: sc.polygamma(3, x), skip=lambda x: (x <= 0) | (np.abs(x) < 1e-30))


# By 40 digits: SciPy's own values err by more than ours.
def digits(f):
    def one(*x):
        with mpmath.workdps(40):
            return float(f(*[mpmath.mpf(float(v)) for v in x]))
    return lambda *x: np.vectorize(one, otypes=[float])(*x)


far = lambda x: np.isfinite(x) & (np.abs(x) > 1e6) | np.isinf(x)
unary("BesselJ0", digits(mpmath.j0), skip=lambda x: far(x) | np.isnan(x))
unary("BesselJ1", digits(mpmath.j1), skip=lambda x: far(x) | np.isnan(x))
for dtype in FLOATS:
    for name, f, at in (
        ("Zeta", mpmath.zeta, ([1.5, 2, 3.25, 10, 30], [0.25, 1, 2.5, 20])),
        ("GammaInc", lambda a, x: mpmath.gammainc(a, 0, x, regularized=True), ([0.25, 1, 2.5, 20.25], [0, 0.125, 2.5, 20])),
        ("GammaIncC", lambda a, x: mpmath.gammainc(a, x, mpmath.inf, regularized=True), ([0.25, 1, 2.5, 20.25], [0, 0.125, 2.5, 20])),
        ("BetaInc", lambda a, b, x: mpmath.betainc(a, b, 0, x, regularized=True), ([0.5, 1, 2.5, 12], [0.25, 3, 12], [0, 0.125, 0.5, 0.875, 1])),
    ):
        operands = [v.reshape(-1) for v in np.meshgrid(*[np.array(v, dtype) for v in at], indexing="ij")]
        case(name, operands, wide(digits(f), operands))
    s = np.array([1.5, 2, 3.25, 10, 30, 60], dtype)
    case("Zeta of Riemann", [s], wide(digits(mpmath.zeta), [s]))
    nan, inf, one = (np.array([v], dtype) for v in (NAN, INF, 1))
    for name, operands, value in (
        ("Zeta", (one, one), INF), ("Zeta", (one / 2, one), NAN), ("Zeta", (one * 2, one * 0), INF), ("Zeta", (nan, one), NAN), ("Zeta", (one * 2, nan), NAN),
        ("GammaInc", (one, inf), 1), ("GammaInc", (one, -one), NAN), ("GammaInc", (-one, one), NAN), ("GammaInc", (nan, one), NAN),
        ("GammaIncC", (one, inf), 0), ("GammaIncC", (one, -one), NAN), ("GammaIncC", (-one, one), NAN), ("GammaIncC", (one, nan), NAN),
        ("BetaInc", (one, one, one * 2), NAN), ("BetaInc", (-one, one, one / 2), NAN), ("BetaInc", (one, one, nan), NAN), ("BetaInc", (nan, one, one / 2), NAN),
    ):
        case(name, operands, np.array([value], dtype))


def by_the_law(f):
    """Of -0 and +0 the larger is +0, the smaller -0; NumPy takes either."""
    return lambda a, b: np.where((a == 0) & (b == 0), f(np.copysign(1, a), np.copysign(1, b)) * 0, f(a, b)).astype(np.result_type(a, b))


for name, f in {"operator +": np.add, "operator -": np.subtract, "operator *": np.multiply, "Maximum": np.maximum, "Minimum": np.minimum}.items():
    binary(name, by_the_law(f) if name[0] == "M" else f, integers=True)
for name, f in {"operator <": np.less, "operator <=": np.less_equal, "operator >": np.greater, "operator >=": np.greater_equal, "EqualTo": np.equal, "NotEqualTo": np.not_equal,
                "LogicalAnd": np.logical_and, "LogicalOr": np.logical_or, "LogicalXor": np.logical_xor}.items():
    binary(name, f, integers=True)
for name, f in {"FloorDivide": np.floor_divide, "Remainder": np.remainder, "Fmod": np.fmod}.items():
    binary(name, f, integers=True)
binary("operator /", lambda a, b: np.divide(a, b) if a.dtype.kind == "f" else tensor(lambda x, y: torch.div(x, y, rounding_mode="trunc"))(a, b), integers=True)
for name, f in {"CopySign": np.copysign, "NextAfter": np.nextafter}.items():
    binary(name, f)
for name, f in {"Atan2": np.arctan2, "Hypot": np.hypot, "Pow": np.power, "LogAddExp": np.logaddexp, "Xlogy": sc.xlogy, "Xlog1py": sc.xlog1py}.items():
    binary(name, f, exact=False)
for a, b in (([0.5, 1, 2.5, 7.25, 30], [0.25, 1, 3, 0.5, 12]),):
    for dtype in FLOATS:
        case("BetaLn", [np.array(a, dtype), np.array(b, dtype)], wide(sc.betaln, [np.array(a, dtype), np.array(b, dtype)]))
for dtype in (np.bool_,) + INTEGERS:
    values = np.array([0, 1] if dtype == np.bool_ else [0, 1, 12, 85, 127], dtype=dtype)
    for name, f in {"BitwiseAnd": np.bitwise_and, "BitwiseOr": np.bitwise_or, "BitwiseXor": np.bitwise_xor}.items():
        case(name, [values[:, None], values], f(values[:, None], values))
        case("operator " + {"And": "&", "Or": "|", "Xor": "^"}[name[7:]], [values[:, None], values], f(values[:, None], values))
    for name in ("BitwiseInvert", "operator ~"):
        case(name, [values], np.bitwise_not(values))
for dtype in INTEGERS:
    values, counts = np.array([0, 1, 12, 85, 127], dtype=dtype)[:, None], np.array([0, 1, 3, 7], dtype=dtype)
    for name, f in {"BitwiseLeftShift": np.left_shift, "operator <<": np.left_shift, "BitwiseRightShift": np.right_shift, "operator >>": np.right_shift}.items():
        case(name, [values, counts], f(values, counts))


def fused(a, b, c):
    return np.array([float(Fraction(float(x)) * Fraction(float(y)) + Fraction(float(z))) for x, y, z in zip(a, b, c)])


close = np.array([1 + 2.0 ** -30, 1 - 2.0 ** -29, 3.1, 1e-200]), np.array([1 - 2.0 ** -30, 1 + 2.0 ** -29, -0.7, 1e-200]), np.array([-1.0, -1.0, 2.17, 5e-324])
case("Fma", list(close), fused(*close))
case("Fma", [np.array([INF, 0.0, NAN, 2.0]), np.array([0.0, INF, 1.0, INF]), np.array([1.0, 1.0, 1.0, -INF])], np.array([NAN, NAN, NAN, NAN]))
a, b, w = np.array([1.0, -2.0, INF, 0.5]), np.array([4.0, 6.0, 1.0, NAN]), np.array([0.5, 0.25, 0.0, 1.0])
case("Lerp", [a, b, w], tensor(torch.lerp)(a, b, w))
case("Lerp by a number", [a[:2], b[:2]], a[:2] + 0.5 * (b[:2] - a[:2]))
for dtype in FLOATS + INTEGERS:
    x = special(dtype) if dtype in FLOATS else np.array([0, 1, 5, 100], dtype)
    case("Clip", [x], np.clip(x, dtype(1), dtype(3)))
    case("Clip by tensors", [x, dtype(1), dtype(3)], np.clip(x, dtype(1), dtype(3)))
    case("Maximum with a number", [x], np.maximum(x, dtype(2)))
    case("Minimum with a number", [x], np.minimum(x, dtype(2)))
    case("Where", [x == 1, x, np.array(7, dtype)], np.where(x == 1, x, np.array(7, dtype)))
    case("operators with a number", [x], [x + dtype(2), x - dtype(2), x * dtype(3), dtype(2) + x, dtype(9) - x, dtype(3) * x])
    case("comparisons with a number", [x], [x < 1, x <= 1, x > 1, x >= 1])
    case("divisions with a number", [x], [np.floor_divide(x, dtype(2)), np.remainder(x, dtype(2)), np.fmod(x, dtype(2))])
for dtype in FLOATS:
    x, h, f = special(dtype), dtype(0.5), dtype(2.5)
    case("operators with a fraction", [x], [x + f, x - f, x * h, f + x, f - x, h * x, x / f, f / x])
    case("bounds by a fraction", [x], [np.maximum(x, dtype(0.75)), np.minimum(x, dtype(0.75)), np.clip(x, -h, dtype(0.75))])
    case("divisions by a fraction", [x], [np.floor_divide(x, f), np.remainder(x, f), np.fmod(x, f)])
    case("comparisons with a fraction", [x], [x < 0.5, x <= 0.5, x > 0.5, x >= 0.5, x == 0.5, x != 0.5])
    case("equality with a number", [x], [x == 1, x != 1])
    case("quotients with a number", [x], [x / dtype(3), dtype(3) / x])
    case("Pow by a number", [x], wide(lambda v: np.power(v, 1.5), [x]))
for dtype in INTEGERS:
    x = np.array([0, 1, 12, 85, 127], dtype)
    case("bits with a number", [x], [x & dtype(12), x | dtype(12), x ^ dtype(12)])
    case("shifts by a number", [x], [x << dtype(2), x >> dtype(2)])
x = np.array([False, True])
case("bits with a truth value", [x], [x & True, x | False, x ^ True, x == True, x != True])
x = np.array([0, 1, 2.9, -2.9, 255, 300.5, 0.1, 1e-30])
for dtype in (np.bool_, np.int32, np.int64, np.float32):
    case("To " + np.dtype(dtype).name, [x], x.astype(dtype))

# --- complex numbers, as pairs --------------------------------------------------------------------------------------------------------------------------
def pairs(z):
    z = np.asarray(z)
    return np.stack([z.real, z.imag], -1)


re, im, c = np.array([1, -0.5, 2.5, 0.0, 30]), np.array([2, 0.25, -1.5, 1, 0.0]), 1.5 - 2j
z = re + 1j * im
case("Complex", [re, im], pairs(z))
case("Complex", [np.array([INF, NAN, -0.0]), np.array([-0.0, 1, NAN])], np.array([[INF, -0.0], [NAN, 1], [-0.0, NAN]]))
case("Polar", [np.abs(re), im], pairs(np.abs(re) * np.cos(im) + 1j * (np.abs(re) * np.sin(im))))
case("Real, Imag and Conj", [pairs(z)], [re, im, pairs(np.conj(z))])
case("Angle", [pairs(z)], np.angle(z))
case("ConjugateTranspose", [pairs(z[:4].reshape(2, 2))], pairs(np.conj(z[:4].reshape(2, 2)).T))
case("sums with a complex number", [pairs(z)], [pairs(z + c), pairs(c + z)])
case("differences with a complex number", [pairs(z)], [pairs(z - c), pairs(c - z)])
case("products with a complex number", [pairs(z)], [pairs(z * c), pairs(c * z)])
case("quotients with a complex number", [pairs(z)], [pairs(z / c), pairs(c / z)])
case("Pow by a complex number", [pairs(z)], pairs(z ** c))
case("Full of a complex number", [], pairs(np.full(2, c)))

half = np.fft.rfft2(np.arange(12.0).reshape(3, 4) ** 2 / 8)
case("RFft2", [np.arange(12.0).reshape(3, 4) ** 2 / 8], pairs(half))
case("IRFft2", [half.real, half.imag], np.fft.irfft2(half))

# --- reductions -----------------------------------------------------------------------------------------------------------------------------------------
eighths = (np.array([(7 * i * i + 11 * i) % 41 - 20 for i in range(24)]) / 8).reshape(2, 3, 4)
spoiled = eighths.copy()
spoiled[0, 1, 2], spoiled[1, 0, 0], spoiled[1, 2, 3] = NAN, INF, -INF
flat = lambda name, axis: {"all": None, "last": -1, "outer": (0, -1)}[axis]
for name, f in {"Sum": np.sum, "Prod": np.prod, "Mean": np.mean, "Max": np.max, "Min": np.min, "Var": np.var, "Std": np.std, "LogSumExp": sc.logsumexp,
                "Any": np.any, "All": np.all, "NanSum": np.nansum, "NanMean": np.nanmean, "CountNonzero": lambda x, axis: np.asarray(np.count_nonzero(x, axis=axis)).astype(np.int64)}.items():
    for axis in ("all", "last", "outer"):
        for x in (eighths, spoiled):
            if name == "NanSum" or x is eighths or name not in ("LogSumExp", "Prod"):
                for dtype in FLOATS:
                    case(f"{name} {axis}", [x.astype(dtype)], wide(lambda v: f(v, axis=flat(name, axis)), [x.astype(dtype)]) if name != "CountNonzero" else f(x, axis=flat(name, axis)))
    if name not in ("Max", "Min", "LogSumExp"):
        case(f"{name} last", [np.zeros((2, 0))], f(np.zeros((2, 0)), axis=-1))
    case(f"{name} all", [np.array(0.5)], np.asarray(f(np.array(0.5), axis=None)))
for name in ("Sum", "Prod", "Max", "Min"):
    for dtype in (np.int32, np.int64, np.float64):
        x = np.array([[3, -2, 5], [1, 4, -1]], dtype)
        case(f"{name} last", [x], getattr(np, name.lower())(x, axis=-1))
case("Var with a correction", [eighths], [np.var(eighths, axis=1, ddof=1), np.std(eighths, axis=1, ddof=1)])
for x in (eighths, spoiled):
    for name, f in {"ArgMax": np.argmax, "ArgMin": np.argmin}.items():
        case(f"{name} last", [x], f(x, axis=-1))
        case(name, [x], np.asarray(f(x)))
case("Percentile", [eighths], [np.percentile(eighths, 30, axis=1), np.quantile(eighths, [0.25, 0.5, 1], axis=-1)])

# --- movement -------------------------------------------------------------------------------------------------------------------------------------------
grid = np.arange(24.0).reshape(2, 3, 4)
square = grid[0, :, :3]
case("T", [grid], grid.swapaxes(-1, -2))
case("MatrixTranspose", [grid], grid.swapaxes(-1, -2))
case("Reshape", [grid], grid.reshape(4, -1))
case("Reshape", [np.zeros((0, 3, 4))], np.zeros((4, 0)))
case("Permute", [grid], grid.transpose(2, 0, 1))
case("BroadcastTo", [np.array([[1.0], [2]])], np.broadcast_to([[1.0], [2]], (3, 2, 2)))
case("Flip", [grid], [np.flip(grid), np.flip(grid, 1), np.flip(grid, (0, -1))])
case("Squeeze", [grid[:1, :, :1]], [np.squeeze(grid[:1, :, :1]), np.squeeze(grid[:1, :, :1], -1)])
case("Unsqueeze", [square], [square[None], square[..., None], square[:, None]])
case("MoveAxis", [grid], [np.moveaxis(grid, 0, -1), np.moveaxis(grid, -1, 0), np.moveaxis(grid, [0, 2], [1, 0])])
case("SwapAxes", [grid], np.swapaxes(grid, 0, -1))
case("Flatten", [grid], [grid.reshape(-1), grid.reshape(2, 12), grid.reshape(6, 4)])
case("Slice", [grid], grid[:, :, 1:3])
case("Pad", [square], [np.pad(square, ((1, 0), (0, 2))), np.pad(square, ((1, 0), (0, 2)), constant_values=7)])
for mode, word in {"Reflect": "reflect", "Replicate": "edge", "Circular": "wrap", "Symmetric": "symmetric"}.items():
    case("Pad " + mode, [square], np.pad(square, ((1, 2), (2, 1)), mode=word))
case("Roll", [grid], [np.roll(grid, 5), np.roll(grid, -1, 1), np.roll(grid, (1, -2), (0, 2))])
case("Tile", [square], [np.tile(square, 2), np.tile(square, (2, 1, 3))])
case("Tril", [grid], [np.tril(grid), np.tril(grid, 1)])
case("Triu", [grid], [np.triu(grid), np.triu(grid, -1)])
case("Diagonal", [grid], [np.diagonal(grid, 0, -2, -1), np.diagonal(grid, -1, -2, -1)])
case("DiagEmbed", [square], [tensor(torch.diag_embed)(square), tensor(lambda x: torch.diag_embed(x, offset=-1))(square)])
case("Concat", [square, square[:1]], [np.concatenate([square, square[:1]], 0)])
case("Stack", [square, square + 1], [np.stack([square, square + 1]), np.stack([square, square + 1], -1)])
case("HStack", [square, square[:, :1]], np.hstack([square, square[:, :1]]))
case("HStack", [square[0], square[1]], np.hstack([square[0], square[1]]))
case("VStack", [square, square[:1]], np.vstack([square, square[:1]]))
case("VStack", [square[0], square[1]], np.vstack([square[0], square[1]]))
case("Split", [grid], np.split(grid, 2, -1))
case("Split by extents", [grid], np.split(grid, [1, 2], -1))
case("Chunk", [np.arange(7.0)], [c.numpy() for c in torch.chunk(torch.arange(7.0, dtype=torch.float64), 3)])
case("Unstack", [square], list(square.T))
case("BroadcastTensors", [square[:1], square[:, :1]], np.broadcast_arrays(square[:1], square[:, :1]))
case("Rearrange", [grid], grid.reshape(2, 3, 2, 2).transpose(2, 0, 3, 1).reshape(2, 4, 3))
case("Reduce by a pattern", [grid], grid.max(axis=1))
case("Repeat by a pattern", [square], np.broadcast_to(square[:, :, None], (3, 3, 2)))
case("Repeat", [square], [np.repeat(square, 2, 0), np.repeat(square, [1, 0, 2], 1)])
case("Diff", [eighths], [np.diff(eighths), np.diff(eighths, 2, 1)])

# --- picks and scans ------------------------------------------------------------------------------------------------------------------------------------
index = np.array([[2, 0, -1], [1, 1, 0]])
case("Gather", [square, index[[0, 1, 1]]], np.take_along_axis(square, index[[0, 1, 1]], -1))
case("Take", [grid, index], np.take(grid, index, axis=1))
case("TakeAlongAxis", [grid[0, :2], index], np.take_along_axis(grid[0, :2], index, -1))
put = grid[0, :2].copy()
np.put_along_axis(put, np.array([[3], [1]]), np.array([[9.0], [8.0]]), -1)
case("PutAlongAxis", [grid[0, :2], np.array([[3], [1]]), np.array([[9.0], [8.0]])], put)
case("MaskedFill", [eighths, eighths > 0], np.where(eighths > 0, 5, eighths))
case("MaskedSelect", [eighths, eighths > 0], eighths[eighths > 0])
case("ArgWhere", [np.maximum(eighths, 0)], np.argwhere(np.maximum(eighths, 0)))
case("OneHot", [np.array([[2, 0], [1, 1]])], np.eye(3)[[[2, 0], [1, 1]]].astype(np.float32))
case("Indexer", [grid], [grid[1], grid[:, -1], grid[..., 1:3], grid[0, ::-1, None], grid[:, [2, 0], 1]])
case("UniqueValues", [eighths], np.unique(eighths))
case("Unique", [np.array([3, 1, 3, 2])], [*np.unique([3, 1, 3, 2], return_counts=True), *np.unique([3, 1, 3, 2], return_inverse=True)])
def slices(x):
    return [*np.unique(x, axis=-1, return_index=True, return_inverse=True, return_counts=True), np.unique(x, axis=0), np.unique(x, axis=1, return_counts=True)[1], np.unique(x, axis=1, return_inverse=True)[1]]


for x in ((np.arange(2 * 3 * 7) ** 2 % 3 % 2).reshape(3, 2, 7), np.array([[[1.5, -2, 1.5], [0, 1, 0]], [[1.5, -2, 1.5], [-0.0, 1, 0]]]), np.zeros((2, 3, 1)), np.array([[[2, 1, 2, 1]], [[3, 3, 3, 0]], [[2, 1, 2, 1]]])):
    case("Unique along an axis", [x], slices(x))
case("CumSum", [eighths], [np.cumsum(eighths, 1), np.flip(np.cumsum(np.flip(eighths, -1), -1), -1), np.cumsum(eighths, -1) - eighths])
case("CumProd", [eighths], [np.cumprod(eighths, 1), np.flip(np.cumprod(np.flip(eighths, -1), -1), -1)])
case("CumMax", [spoiled], [np.maximum.accumulate(spoiled, 1), np.flip(np.maximum.accumulate(np.flip(spoiled, -1), -1), -1)])
case("CumMin", [spoiled], [np.minimum.accumulate(spoiled, 1), np.flip(np.minimum.accumulate(np.flip(spoiled, -1), -1), -1)])
case("LogCumSumExp", [eighths], [np.logaddexp.accumulate(eighths, 1), np.flip(np.logaddexp.accumulate(np.flip(eighths, -1), -1), -1)])
line, h = [], np.zeros((2, 4))
for j in range(3):
    h = eighths[:, j] * h + grid[:, j]
    line.append(h)
case("Recurrence", [eighths, grid], np.stack(line, 1))

# --- creation -------------------------------------------------------------------------------------------------------------------------------------------
f32 = np.float32
case("Arange", [], [np.arange(5, dtype=np.int32), np.arange(7, -2, -3, dtype=np.int32), np.arange(0.5, 2.25, 0.25), np.arange(0, dtype=np.int32)])
case("LinSpace", [], [np.linspace(-1, 2, 7), np.linspace(0, 1, 8, endpoint=False), np.linspace(3, 4, 1), np.linspace(0, 1, 0)])
case("LogSpace", [], [np.logspace(0, 3, 4), np.logspace(0, 4, 5, base=2)])
case("Eye", [], [np.eye(3, dtype=f32), np.eye(2, 4, 1), np.eye(3, 2, -1, dtype=np.int32)])
case("TrilIndices", [], np.tril_indices(3, 1, 4))
case("TriuIndices", [], np.triu_indices(3, -1))
case("Full", [], [np.full((2, 2), 1.5, f32), np.zeros((0, 2), f32), np.ones(3, np.int64), np.zeros(2, f32), np.full((), 0.1)])
case("Likes", [np.zeros((2, 1))], [np.zeros((2, 1)), np.ones((2, 1)), np.full((2, 1), 2.5), np.zeros((2, 1)), np.ones((2, 1), np.int32)])
case("MeshGrid", [np.array([1.0, 2, 3]), np.array([4.0, 5])], [*np.meshgrid([1.0, 2, 3], [4.0, 5]), *np.meshgrid([1.0, 2, 3], [4.0, 5], indexing="ij")])

# --- products -------------------------------------------------------------------------------------------------------------------------------------------
case("MatMul", [eighths, eighths[0].T], eighths @ eighths[0].T)
case("MatMul", [np.zeros((2, 0)), np.zeros((0, 3))], np.zeros((2, 3)))
case("TensorDot", [eighths, eighths], [np.tensordot(eighths, eighths, ([0, 2], [0, 2])), np.tensordot(eighths, eighths.transpose(1, 2, 0), 2)])
case("VecDot", [eighths, eighths[0]], np.sum(eighths * eighths[0], -1))
case("Einsum", [eighths, eighths[0]], np.einsum("bij,kj->bki", eighths, eighths[0]))

print('{"arrays":[\n' + ",\n".join(arrays) + '\n],"cases":[\n' + ",\n".join(json.dumps(row, separators=(",", ":")) for row in record) + "\n]}")
