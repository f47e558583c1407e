"""Operators of ONNX where an implementation goes wrong easily: attributes, types, old versions, empty and short inputs.
Expected values are NumPy, PyTorch, Python's own text functions, or the standard's formula written out.

    python3 tools/vectors/onnx_operators.py > tests/Ashlar.Models.Tests/Onnx/Vectors/operators.json
"""
import itertools
import json
import math

import numpy as np
import torch
import torch.nn.functional as F

rng = np.random.RandomState(3)
cases = []


def normal(*shape):
    return np.asarray(rng.randn(*shape), dtype=np.float32)


def text(*items):
    return np.array(items, dtype=object)


def value(array):
    if array is None:
        return None
    array = np.asarray(array)
    kind = "string" if array.dtype.kind in "OU" else array.dtype.name
    if array.dtype.kind == "f":
        items = [str(x) if not math.isfinite(x) else float(str(x)) for x in array.ravel()]
    else:
        items = array.ravel().tolist()
    return {"type": kind, "shape": list(array.shape), "values": items}


def case(name, op, inputs, outputs, opset=21, domain="", **attributes):
    cases.append({
        "name": name, "op": op, "opset": opset, "domain": domain,
        "attributes": {k: v.tolist() if isinstance(v, np.ndarray) else v for k, v in attributes.items()},
        "inputs": [value(x) for x in inputs], "outputs": [value(x) for x in outputs],
    })


# Whole powers keep all digits; a fraction of one is 0.
base, power = [3, 7, 11, -3, 0, 2], [35, 19, 18, 3, 64, 62]
case("Pow of large integers", "Pow", [np.array(base), np.array(power)], [np.array([b ** p for b, p in zip(base, power)])], 15)
case("Pow of integers with negative exponents", "Pow", [np.array([1, -1, -1, 2, -5]), np.array([-3, -3, -2, -1, -7])], [np.array([1, -1, 1, 0, 0])], 15)
case("Pow of int32 by float32", "Pow", [np.array([1, 2, 3], np.int32), np.array([2, 3, 0.5], np.float32)], [np.array([1, 8, 1], np.int32)], 15)
case("Div of integers truncates", "Div", [np.array([-7, 7, -7]), np.array([2, -2, -2])], [np.array([-3, -3, 3])], 14)
case("Clip with its limits crossed takes the upper one", "Clip", [normal(5), np.array(0.5, np.float32), np.array(-0.5, np.float32)], [np.full(5, -0.5, np.float32)], 13)

# Casts.
numbers = np.array([0.5, -3.25, 1.5e-7, 1e20, np.inf, -np.inf, np.nan], np.float32)
case("Cast of floats to text", "Cast", [numbers], [text("0.5", "-3.25", "1.5e-07", "1e+20", "INF", "-INF", "NaN")], 21, to=8)
case("Cast of float32 to uint8 by way of wider integers", "Cast", [np.array([3.9, 255, 0], np.float32)], [np.array([3, 255, 0], np.uint8)], 13, to=2)

# Normalisations.
x, scale, bias, mean, var = normal(2, 3, 2, 2), normal(3, 2, 2), normal(3, 2, 2), normal(3, 2, 2), np.abs(normal(3, 2, 2)) + 0.1
case("BatchNormalization for every element of a channel", "BatchNormalization", [x, scale, bias, mean, var], [(x - mean) / np.sqrt(var + 1e-5) * scale + bias], 7, spatial=0)
x, scale, bias, mean, var = normal(4, 3, 5), normal(3), normal(3), normal(3), np.abs(normal(3)) + 0.1
m, v = x.mean((0, 2)), x.var((0, 2))
case("BatchNormalization in training", "BatchNormalization", [x, scale, bias, mean, var],
     [(x - m[:, None]) / np.sqrt(v[:, None] + 1e-5) * scale[:, None] + bias[:, None], mean * 0.7 + m * 0.3, var * 0.7 + v * 0.3], 15, training_mode=1, momentum=0.7)
x, s, b = normal(3, 8).astype(np.float16), normal(8).astype(np.float16), normal(8).astype(np.float16)
w = x.astype(np.float32)
n = (w - w.mean(1, keepdims=True)) / np.sqrt(w.var(1, keepdims=True) + np.float32(1e-5))
case("LayerNormalization of halves rounds once", "LayerNormalization", [x, s, b], [(n * s.astype(np.float32) + b.astype(np.float32)).astype(np.float16)], 17)
a, b, c = normal(4, 16).astype(np.float16), normal(16, 4).astype(np.float16), normal(4).astype(np.float16)
case("Gemm of halves rounds once", "Gemm", [a, b, c], [(0.5 * (a.astype(np.float32) @ b.astype(np.float32)) + 0.25 * c.astype(np.float32)).astype(np.float16)], 13, alpha=0.5, beta=0.25)
x = normal(2, 6, 3)
squares = np.stack([(x[:, max(0, k - 1):k + 3] ** 2).sum(1) for k in range(6)], 1)
case("LRN of an even size reaches further behind", "LRN", [x], [x / (1.5 + 0.5 / 4 * squares) ** 0.6], 13, size=4, alpha=0.5, beta=0.6, bias=1.5)

# Indices.
x = normal(3, 4)
case("GatherElements by an index shorter than the data", "GatherElements", [x, np.array([[1, -1], [0, 0]])], [np.array([[x[1, 0], x[2, 1]], [x[0, 0], x[0, 1]]])], 13, axis=0)
x = normal(2, 3, 4)
case("GatherElements by one index in the last axis", "GatherElements", [x, np.array([[[3], [-1]]])], [x[:1, :2, 3:]], 13, axis=2)
case("ScatterElements of text", "ScatterElements", [text("a", "b", "c"), np.array([2, 0]), text("x", "y")], [text("y", "b", "x")], 18)
case("ScatterND of text", "ScatterND", [text("a", "b", "c"), np.array([[1]]), text("x")], [text("a", "x", "c")], 18)
case("ScatterND of nothing", "ScatterND", [normal(0, 3), np.zeros((0, 1), np.int64), normal(0, 3)], [np.zeros((0, 3), np.float32)], 18)
case("OneHot of text", "OneHot", [np.array([1, -1, 5]), np.array(3), text("off", "on")], [np.array([["off", "on", "off"], ["off", "off", "on"], ["off", "off", "off"]], dtype=object)], 11)
words = text("b", "a", "b", "c")
u, first, inverse, counts = np.unique(words.astype(str), return_index=True, return_inverse=True, return_counts=True)
case("Unique of text", "Unique", [words], [u.astype(object), first, inverse, counts], 11)
case("Unique of text in order of appearance", "Unique", [words], [text("b", "a", "c"), np.array([0, 1, 3]), np.array([0, 1, 0, 2]), np.array([2, 1, 1])], 11, sorted=0)
case("Slice backwards through an empty axis", "Slice", [normal(0, 4), np.array([-1]), np.array([-9]), np.array([0]), np.array([-1])], [np.zeros((0, 4), np.float32)], 13)
x = normal(5, 6)
case("Slice backwards to before the start", "Slice", [x, np.array([100]), np.array([-2 ** 63]), np.array([-1]), np.array([-2])], [x[:, ::-2]], 13)
case("TopK of ties takes the first", "TopK", [np.array([[1, 3, 3, 2, 3]], np.float32), np.array([2])], [np.array([[3, 3]], np.float32), np.array([[1, 2]])], 11)

# Padding.
case("Pad with a large integer", "Pad", [np.array([1, 2]), np.array([1, 1]), np.array(2 ** 60 + 1)], [np.array([2 ** 60 + 1, 1, 2, 2 ** 60 + 1])], 13)
case("Pad of text", "Pad", [text("a", "b"), np.array([1, 2]), text("-").reshape(())], [text("-", "a", "b", "-", "-")], 21)
x = normal(3, 4)
index = [(np.arange(12) - 4) % 3, (np.arange(17) - 6) % 4]
case("Pad around a torus more than once", "Pad", [x, np.array([4, 6, 5, 7])], [x[np.ix_(*index)]], 19, mode="wrap")
case("Pad by reflection more than once", "Pad", [x, np.array([4, 6, 5, 7])], [np.pad(x, [(4, 5), (6, 7)], mode="reflect")], 19, mode="reflect")
case("Pad that cuts and adds", "Pad", [x, np.array([-1, 2, 1, -1])], [np.pad(x[1:, :3], [(0, 1), (2, 0)])], 19)

# Reductions.
whole = rng.randint(1, 9, (2, 3)).astype(np.int32)
case("ReduceLogSum of integers", "ReduceLogSum", [whole, np.array([1])], [np.log(whole.sum(1, keepdims=True)).astype(np.int32)], 18)
case("ReduceLogSumExp of integers", "ReduceLogSumExp", [whole.astype(np.int64), np.array([1])], [np.log(np.exp(whole.astype(float)).sum(1, keepdims=True)).astype(np.int64)], 18)
for op, want in [("ReduceSum", 0), ("ReduceProd", 1), ("ReduceMax", -np.inf), ("ReduceMin", np.inf), ("ReduceLogSum", -np.inf), ("ReduceLogSumExp", -np.inf), ("ReduceL1", 0), ("ReduceL2", 0), ("ReduceSumSquare", 0)]:
    case(f"{op} of nothing", op, [np.zeros((2, 0), np.float32), np.array([1])], [np.full((2, 1), want, np.float32)], 20)
for op, change in [("ReduceSumSquare", np.square), ("ReduceL1", np.abs), ("ReduceL2", np.abs), ("ReduceSum", np.copy)]:
    x = normal(2, 2)
    case(f"{op} along no axis", op, [x, np.zeros(0, np.int64)], [change(x)], 18, noop_with_empty_axes=1)

# Resizing.
x = normal(1, 1, 4, 5)
case("Resize of version 10 takes the upper neighbour in a reduction", "Resize", [x, np.array([1, 1, 0.6, 0.7], np.float32)], [x[:, :, [0, 2]][..., [0, 2, 3]]], 10)
case("Upsample of version 1 takes scales of rows and columns", "Upsample", [x], [np.repeat(np.repeat(x, 2, 2), 3, 3)], 1, height_scale=2.0, width_scale=3.0, mode="nearest")
case("Resize like bilinear interpolation of half pixels", "Resize", [x, None, None, np.array([1, 1, 7, 3])], [F.interpolate(torch.tensor(x), (7, 3), mode="bilinear", align_corners=False).numpy()], 19, mode="linear", coordinate_transformation_mode="pytorch_half_pixel")
case("Resize like bicubic interpolation of corners", "Resize", [x, None, None, np.array([1, 1, 7, 9])], [F.interpolate(torch.tensor(x), (7, 9), mode="bicubic", align_corners=True).numpy()], 19, mode="cubic", coordinate_transformation_mode="align_corners")
image = rng.randint(0, 256, (1, 1, 4, 4)).astype(np.uint8)
want = np.floor(F.interpolate(torch.tensor(image.astype(np.float64)), (7, 9), mode="bilinear", align_corners=False).numpy() + 1e-9).astype(np.uint8)
case("Resize of bytes cuts fractions", "Resize", [image, None, None, np.array([1, 1, 7, 9])], [want], 19, mode="linear")
case("Resize to one element reads the first", "Resize", [x[:, :, :1], None, None, np.array([1, 1, 1, 1])], [x[:, :, :1, :1]], 19, mode="cubic", coordinate_transformation_mode="pytorch_half_pixel")

# Sampling.
x, grid = normal(2, 2, 4, 5), (rng.rand(2, 3, 4, 2) * 4 - 2).astype(np.float32)
for mode, padding, corners in itertools.product(["bilinear", "nearest", "bicubic"], ["zeros", "border", "reflection"], [0, 1]):
    want = F.grid_sample(torch.tensor(x), torch.tensor(grid), mode, padding, bool(corners)).numpy()
    case(f"GridSample {mode} {padding} {corners}", "GridSample", [x, grid], [want], 16, mode=mode, padding_mode=padding, align_corners=corners)
x, grid = normal(1, 1, 3, 4, 5), (rng.rand(1, 1, 2, 2, 3) * 2.4 - 1.2).astype(np.float32)
for padding in ["zeros", "border", "reflection"]:
    case(f"GridSample of volumes {padding}", "GridSample", [x, grid], [F.grid_sample(torch.tensor(x), torch.tensor(grid), "bilinear", padding, False).numpy()], 20, mode="linear", padding_mode=padding)


def keys(t):
    a = -0.75
    return [((a * (t + 1) - 5 * a) * (t + 1) + 8 * a) * (t + 1) - 4 * a, ((a + 2) * t - (a + 3)) * t * t + 1,
            ((a + 2) * (1 - t) - (a + 3)) * (1 - t) ** 2 + 1, ((a * (2 - t) - 5 * a) * (2 - t) + 8 * a) * (2 - t) - 4 * a]


want = np.zeros((1, 1, 1, 2, 2))
for place in np.ndindex(1, 2, 2):
    at = [(float(g) + 1) * (e - 1) / 2 for g, e in zip(grid[0][place][::-1], x.shape[2:])]
    for taps in itertools.product(range(4), repeat=3):
        index = [math.floor(t) - 1 + k for t, k in zip(at, taps)]
        if all(0 <= i < e for i, e in zip(index, x.shape[2:])):
            want[(0, 0) + place] += x[(0, 0) + tuple(index)] * math.prod(keys(t - math.floor(t))[k] for t, k in zip(at, taps))
case("GridSample of volumes by cubes", "GridSample", [x, grid], [want.astype(np.float32)], 20, mode="cubic", align_corners=1)

# Batches of nothing.
zeros = lambda *shape: np.zeros(shape, np.float32)
case("GridSample of no rows", "GridSample", [zeros(0, 1, 4, 4), zeros(0, 3, 3, 2)], [zeros(0, 1, 3, 3)], 20)
case("GroupNormalization of no rows", "GroupNormalization", [zeros(0, 4, 3), zeros(4), zeros(4)], [zeros(0, 4, 3)], 21, num_groups=2)
case("InstanceNormalization of no rows", "InstanceNormalization", [zeros(0, 2, 3), zeros(2), zeros(2)], [zeros(0, 2, 3)], 22)
case("MaxRoiPool of no boxes", "MaxRoiPool", [zeros(1, 2, 4, 4), zeros(0, 5)], [zeros(0, 2, 2, 2)], 22, pooled_shape=[2, 2])
case("RoiAlign of no boxes", "RoiAlign", [zeros(1, 2, 4, 4), zeros(0, 4), np.zeros(0, np.int64)], [zeros(0, 2, 1, 1)], 22)
case("Conv of no rows", "Conv", [zeros(0, 2, 5, 5), normal(3, 2, 3, 3)], [zeros(0, 3, 3, 3)], 22)
case("LSTM of no steps keeps its state", "LSTM", [zeros(0, 2, 2), normal(1, 12, 2), normal(1, 12, 3)], [zeros(0, 1, 2, 3), zeros(1, 2, 3), zeros(1, 2, 3)], 22, hidden_size=3)
case("MatMul over nothing is zeros", "MatMul", [zeros(2, 0), zeros(0, 3)], [zeros(2, 3)], 13)

# Text.
spaced = ["  x  y z  ", "", "one", " a b"]
for most in [None, 1, 2]:
    parts = [s.split(None, -1 if most is None else most) for s in spaced]
    longest = max(map(len, parts))
    case(f"StringSplit at white space {most}", "StringSplit", [text(*spaced)], [np.array([p + [""] * (longest - len(p)) for p in parts], dtype=object), np.array([len(p) for p in parts])], 20, **({} if most is None else {"maxsplit": most}))
joined = ["a,b,,c", "", ",", "abc"]
parts = [s.split(",", 2) for s in joined]
case("StringSplit at a mark", "StringSplit", [text(*joined)], [np.array([p + [""] * (3 - len(p)) for p in parts], dtype=object), np.array([len(p) for p in parts])], 20, delimiter=",", maxsplit=2)
case("RegexFullMatch with named groups and classes", "RegexFullMatch", [text("foo-1", "-1", "foo-12", "f\u00e9-1")], [np.array([True, False, False, False])], 20, pattern=r"(?P<name>[[:alpha:]]+)-\d")
case("RegexFullMatch of digits that are not ASCII", "RegexFullMatch", [text("\u0661", "1", "\u00e9", "[")], [np.array([False, True, False, True])], 20, pattern=r"\d|[\]\[]")
case("RegexFullMatch of quoted text", "RegexFullMatch", [text("a.b", "axb")], [np.array([True, False])], 20, pattern=r"\Qa.b\E")

# Convolutions and pooling against PyTorch.
x, w, b = normal(2, 4, 7, 6), normal(6, 2, 3, 2), normal(6)
case("Conv with groups, gaps and strides", "Conv", [x, w, b], [F.conv2d(torch.tensor(x), torch.tensor(w), torch.tensor(b), (2, 1), (1, 2), (2, 1), 2).numpy()], 11, group=2, strides=[2, 1], dilations=[2, 1], pads=[1, 2, 1, 2])
x, w, b = normal(2, 4, 4, 3), normal(4, 3, 3, 2), normal(6)
case("ConvTranspose with groups, gaps and output padding", "ConvTranspose", [x, w, b], [F.conv_transpose2d(torch.tensor(x), torch.tensor(w), torch.tensor(b), (2, 3), (1, 0), (1, 2), 2, (2, 1)).numpy()], 11, group=2, strides=[2, 3], dilations=[2, 1], pads=[1, 0, 1, 0], output_padding=[1, 2])
case("ConvTranspose that cuts more than the window reaches", "ConvTranspose", [x, w[:, :, :1, :1]], [F.conv_transpose2d(torch.tensor(x), torch.tensor(w[:, :, :1, :1])).numpy()[:, :, 1:-1, 1:]], 11, pads=[1, 1, 1, 0])
x = normal(1, 2, 7, 7)
y, i = F.max_pool2d(torch.tensor(x), 3, 2, 1, 2, ceil_mode=True, return_indices=True)
case("MaxPool with gaps, a last window that hangs over, and places", "MaxPool", [x], [y.numpy(), i.numpy() + np.array([0, 49]).reshape(1, 2, 1, 1)], 12, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], dilations=[2, 2], ceil_mode=1)
for counted in [0, 1]:
    case(f"AveragePool with a last window that hangs over {counted}", "AveragePool", [x], [F.avg_pool2d(torch.tensor(x), 3, 2, 1, True, bool(counted)).numpy()], 19, kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1], ceil_mode=1, count_include_pad=counted)
case("LpPool of a third power", "LpPool", [x], [F.lp_pool2d(torch.tensor(np.abs(x)), 3.0, 2, 2).numpy()], 18, kernel_shape=[2, 2], strides=[2, 2], p=3)

# Recurrent layers: the step written out.
sigmoid = lambda t: 1 / (1 + np.exp(-t))
T, N, I, H = 4, 3, 2, 3


def lstm(x, w, r, b, h, c, p, lengths, reverse, clip=None):
    y, h, c = np.zeros((T, N, H)), h.copy(), c.copy()
    limit = (lambda t: t) if clip is None else (lambda t: np.clip(t, -clip, clip))
    for n in range(N):
        for t in (range(lengths[n] - 1, -1, -1) if reverse else range(lengths[n])):
            i, o, f, g = np.split(x[t, n] @ w.T + h[n] @ r.T + b[:4 * H] + b[4 * H:], 4)
            pi, po, pf = np.split(p, 3)
            i, f = sigmoid(limit(i + pi * c[n])), sigmoid(limit(f + pf * c[n]))
            c[n] = f * c[n] + i * np.tanh(limit(g))
            h[n] = sigmoid(limit(o + po * c[n])) * np.tanh(c[n])
            y[t, n] = h[n]
    return y, h, c


def gru(x, w, r, b, h, lengths, reverse, linear):
    y, h = np.zeros((T, N, H)), h.copy()
    wz, wr, wh = np.split(w, 3)
    rz, rr, rh = np.split(r, 3)
    bz, br, bh, cz, cr, ch = np.split(b, 6)
    for n in range(N):
        for t in (range(lengths[n] - 1, -1, -1) if reverse else range(lengths[n])):
            z, q = sigmoid(x[t, n] @ wz.T + h[n] @ rz.T + bz + cz), sigmoid(x[t, n] @ wr.T + h[n] @ rr.T + br + cr)
            inner = q * (h[n] @ rh.T + ch) if linear else (q * h[n]) @ rh.T + ch
            h[n] = (1 - z) * np.tanh(x[t, n] @ wh.T + inner + bh) + z * h[n]
            y[t, n] = h[n]
    return y, h


lengths = [4, 2, 1]
x, w, r, b, h, c, p = normal(T, N, I), normal(2, 4 * H, I), normal(2, 4 * H, H), normal(2, 8 * H), normal(2, N, H), normal(2, N, H), normal(2, 3 * H)
ahead, back = (lstm(x, w[d], r[d], b[d], h[d], c[d], p[d], lengths, d == 1) for d in range(2))
both = [np.stack([ahead[0], back[0]], 1), np.stack([ahead[1], back[1]]), np.stack([ahead[2], back[2]])]
case("LSTM in both directions with lengths and peepholes", "LSTM", [x, w, r, b, np.array(lengths, np.int32), h, c, p], [t.astype(np.float32) for t in both], 14, hidden_size=H, direction="bidirectional")
batch = [x.transpose(1, 0, 2), w, r, b, np.array(lengths, np.int32), h.transpose(1, 0, 2), c.transpose(1, 0, 2), p]
case("LSTM with the batch in front", "LSTM", batch, [t.astype(np.float32) for t in (both[0].transpose(2, 0, 1, 3), both[1].transpose(1, 0, 2), both[2].transpose(1, 0, 2))], 14, hidden_size=H, direction="bidirectional", layout=1)
clipped = lstm(x, w[0], r[0], b[0], np.zeros((N, H)), np.zeros((N, H)), np.zeros(3 * H), [T] * N, True, 0.5)
case("LSTM backwards with clipped gates", "LSTM", [x, w[:1], r[:1], b[:1]], [clipped[0][:, None].astype(np.float32), clipped[1][None].astype(np.float32), clipped[2][None].astype(np.float32)], 14, hidden_size=H, direction="reverse", clip=0.5, activations=["sigmoid", "tanh", "tanh"])
for linear in [0, 1]:
    wg, rg, bg = normal(2, 3 * H, I), normal(2, 3 * H, H), normal(2, 6 * H)
    ahead, back = (gru(x, wg[d], rg[d], bg[d], h[d], lengths, d == 1, linear) for d in range(2))
    case(f"GRU in both directions {linear}", "GRU", [x, wg, rg, bg, np.array(lengths, np.int32), h], [np.stack([ahead[0], back[0]], 1).astype(np.float32), np.stack([ahead[1], back[1]]).astype(np.float32)], 14, hidden_size=H, direction="bidirectional", linear_before_reset=linear)
halves = [t.astype(np.float16) for t in (x, w[:1], r[:1], b[:1])]
wide = [t.astype(np.float32) for t in halves]
y = lstm(wide[0], wide[1][0], wide[2][0], wide[3][0], np.zeros((N, H)), np.zeros((N, H)), np.zeros(3 * H), [T] * N, False)
case("LSTM of halves rounds once", "LSTM", halves, [y[0][:, None].astype(np.float16), y[1][None].astype(np.float16), y[2][None].astype(np.float16)], 14, hidden_size=H)


# Attention: the standard's steps written out.
def attention(q, k, v, mask, past, causal, cap=0.0, lengths=None):
    heads = q.shape[1] // k.shape[1]
    if past is not None:
        k, v = np.concatenate([past[0], k], 2), np.concatenate([past[1], v], 2)
    kk, vv = np.repeat(k, heads, 1), np.repeat(v, heads, 1)
    scores = q @ kk.swapaxes(2, 3) / np.sqrt(q.shape[3])
    scores = cap * np.tanh(scores / cap) if cap else scores
    scores = scores + (0 if mask is None else np.where(mask, 0, -np.inf) if mask.dtype == bool else mask)
    i, j = np.arange(q.shape[2])[:, None], np.arange(kk.shape[2])
    if causal:
        before = past[0].shape[2] if past is not None else 0 if lengths is None else (lengths - q.shape[2])[:, None, None, None]
        scores = np.where(j <= i + before, scores, -np.inf)
    if lengths is not None:
        scores = np.where(j < lengths[:, None, None, None], scores, -np.inf)
    e = np.exp(scores - scores.max(-1, keepdims=True))
    return [t.astype(np.float32) for t in (e / e.sum(-1, keepdims=True) @ vv, k, v)]


q, k, v, past = normal(2, 4, 3, 4), normal(2, 2, 3, 4), normal(2, 2, 3, 6), (normal(2, 2, 2, 4), normal(2, 2, 2, 6))
case("Attention of groups behind a past, looking back", "Attention", [q, k, v, None, *past], attention(q, k, v, None, past, True), 23, is_causal=1)
mask = np.concatenate([np.ones((3, 1), bool), rng.rand(3, 4) > 0.4], 1)
case("Attention with a mask of truth values and capped scores", "Attention", [q, k, v, mask, *past], attention(q, k, v, mask, past, False, 2.0), 23, softcap=2.0)
lengths = np.array([3, 5])
keys6, values6 = normal(2, 2, 6, 4), normal(2, 2, 6, 4)
case("Attention on a cache filled in part, looking back", "Attention", [q, keys6, values6, None, None, None, lengths], attention(q, keys6, values6, None, None, True, 0.0, lengths)[:1], 24, is_causal=1)
flat = [t.transpose(0, 2, 1, 3).reshape(2, 3, -1) for t in (q, k, v)]
case("Attention on joined heads", "Attention", flat, [attention(q, k, v, None, None, False)[0].transpose(0, 2, 1, 3).reshape(2, 3, -1)], 23, q_num_heads=4, kv_num_heads=2)
x, cos, sin = normal(2, 3, 5, 8), normal(10, 2), normal(10, 2)
place = rng.randint(0, 10, (2, 5))
c, s = cos[place][:, None], sin[place][:, None]
one, two = x[..., 0:4:2], x[..., 1:4:2]
turned = np.concatenate([np.stack([c * one - s * two, s * one + c * two], -1).reshape(2, 3, 5, 4), x[..., 4:]], -1)
case("RotaryEmbedding of a part of each head, pairs side by side", "RotaryEmbedding", [x, cos, sin, place], [turned], 23, interleaved=1, rotary_embedding_dim=4)

# Quantisation.
x, scale = normal(2, 6) * 30, (rng.rand(2, 3) + 0.1).astype(np.float32)
zero = np.array([[3, -4, 5], [0, 9, -9]], np.int8)
blocks = np.repeat(scale, 2, 1)
case("QuantizeLinear in blocks", "QuantizeLinear", [x, scale, zero], [np.clip(np.rint(x / blocks) + np.repeat(zero, 2, 1), -128, 127).astype(np.int8)], 21, axis=1, block_size=2)
codes = rng.randint(-128, 128, (2, 6)).astype(np.int8)
case("DequantizeLinear in blocks", "DequantizeLinear", [codes, scale, zero], [((codes.astype(np.int32) - np.repeat(zero, 2, 1)) * blocks).astype(np.float32)], 21, axis=1, block_size=2)

# Signals.
x = normal(2, 8, 3, 2)
spectrum = np.fft.ifft(x[..., 0] + 1j * x[..., 1], 11, 1)
case("DFT back, longer than the signal, along an axis from behind", "DFT", [x, np.array(11), np.array(-3)], [np.stack([spectrum.real, spectrum.imag], -1).astype(np.float32)], 20, inverse=1)
x, window = normal(2, 33, 1), np.hanning(9).astype(np.float32)
frames = np.stack([x[:, s:s + 9, 0] * window for s in range(0, 33 - 9 + 1, 4)], 1)
spectrum = np.fft.rfft(frames)
case("STFT with a window", "STFT", [x, np.array(4), window], [np.stack([spectrum.real, spectrum.imag], -1).astype(np.float32)], 17)

# Classical learning.
ML = "ai.onnx.ml"
a, b = normal(2, 3), normal(2, 2)
case("FeatureVectorizer cuts and fills", "FeatureVectorizer", [a, b], [np.concatenate([a[:, :2], b, np.zeros((2, 2), np.float32)], 1)], 1, ML, inputdimensions=[2, 4])
x = -np.abs(normal(2, 3))
case("Normalizer by the largest number", "Normalizer", [x], [x / x.max(1, keepdims=True)], 1, ML, norm="MAX")
x, coefficients = normal(5, 3), normal(3)
s = x @ coefficients + np.float32(0.1)
case("LinearClassifier of two classes decides at 0", "LinearClassifier", [x], [np.where(s > 0, 5, 4), (lambda e: e / e.sum(1, keepdims=True))(np.exp(np.stack([-s, s], 1)))], 1, ML, coefficients=coefficients, intercepts=[0.1], classlabels_ints=[4, 5], post_transform="SOFTMAX")
vectors, weights = normal(2, 3), normal(2)
d = np.exp(-0.4 * ((x[:, None] - vectors) ** 2).sum(2)) @ weights + np.float32(0.2)
case("SVMClassifier of two classes", "SVMClassifier", [x], [np.where(d > 0, 10, 11), np.stack([-d, d], 1)], 1, ML, coefficients=weights, support_vectors=vectors.ravel(), vectors_per_class=[1, 1], rho=[0.2], classlabels_ints=[10, 11], kernel_type="RBF", kernel_params=[0.4, 0.0, 0.0])
x = np.array([[0.0], [2.0]], np.float32)
leaf = np.array([0.3, 0.9], np.float32)
case("TreeEnsembleClassifier of two classes by their logistic", "TreeEnsembleClassifier", [x], [np.array([0, 1]), np.stack([sigmoid(-leaf), sigmoid(leaf)], 1)], 1, ML, nodes_treeids=[0, 0, 0], nodes_nodeids=[0, 1, 2], nodes_featureids=[0, 0, 0],
     nodes_values=[1.0, 0.0, 0.0], nodes_modes=["BRANCH_LEQ", "LEAF", "LEAF"], nodes_truenodeids=[1, 0, 0], nodes_falsenodeids=[2, 0, 0], class_treeids=[0, 0], class_nodeids=[1, 2], class_ids=[0, 0], class_weights=leaf, classlabels_int64s=[0, 1], post_transform="LOGISTIC")

print(json.dumps({"cases": cases}))
