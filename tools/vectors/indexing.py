"""Values of NumPy, SciPy and PyTorch for indexing, sorting, scans, sets and statistics, as JSON.

Run:  python3 tools/vectors/indexing.py > tests/Ashlar.Tests/Vectors/indexing.json
Made with NumPy 1.24.2, SciPy 1.10.1 and PyTorch 1.13.1. Elements are small multiples of 1/8, so that sums and products are exact;
where a division or a logarithm enters, the reader compares with a tolerance.
"""
import itertools
import json
import random
import numpy as np
import scipy.stats
import torch

chance = random.Random(20)


def draw(*shape, low=-16, high=16, nan=False):
    values = np.array([chance.randrange(low, high) / 8 for _ in range(int(np.prod(shape)))]).reshape(shape)
    if nan:
        values[np.array([chance.random() < 0.2 for _ in range(values.size)], dtype=bool).reshape(shape)] = np.nan
    return values


def whole(*shape, low=0, high=6):
    return np.array([chance.randrange(low, high) for _ in range(int(np.prod(shape)))], dtype=np.int64).reshape(shape)


def array(a):
    a = np.asarray(a)
    values = [v if np.isfinite(v) else str(v) for v in a.astype(np.float64).reshape(-1).tolist()]
    return {"type": str(a.dtype), "shape": list(a.shape), "values": values}


def entries(shape):
    """A random index expression for a shape: what stands in the brackets, and how the reader spells it."""
    numpy, spelled = [], []
    axis, picked = 0, None
    left = chance.randrange(0, len(shape) + 1)
    ellipsis = chance.randrange(0, left + 1) if chance.random() < 0.4 else None
    step = 0
    while step < left or ellipsis is not None:
        if ellipsis is not None and step == ellipsis:
            numpy.append(Ellipsis)
            spelled.append(["ellipsis"])
            axis += len(shape) - left
            ellipsis = None
            continue
        if step >= left:
            break
        if chance.random() < 0.15:
            numpy.append(None)
            spelled.append(["none"])
        extent = shape[axis]
        kind = chance.choice(["position", "slice", "slice", "integers", "mask"])
        if kind == "position" and extent > 0:
            p = chance.randrange(-extent, extent)
            numpy.append(p)
            spelled.append(["position", p])
        elif kind == "integers" and extent > 0:
            options = [[3], [1], [2, 3], [], [2, 1]]
            of = chance.choice(options if picked is None else [s for s in options if fits(s, picked)])
            picked = of if picked is None else list(np.broadcast_shapes(tuple(of), tuple(picked)))
            t = whole(*of, low=-extent, high=extent)
            numpy.append(t)
            spelled.append(["integers", array(t)])
        elif kind == "mask" and picked is None and extent > 0:
            rank = 2 if axis + 1 < len(shape) and step + 1 < left and ellipsis is None and chance.random() < 0.5 else 1
            m = np.array([chance.random() < 0.5 for _ in range(int(np.prod(shape[axis:axis + rank])))], dtype=bool).reshape(shape[axis:axis + rank])
            picked = [int(m.sum())]
            numpy.append(m)
            spelled.append(["mask", array(m)])
            axis += rank - 1
            step += rank - 1
        else:
            bounds = [None] + list(range(-extent - 2, extent + 3))
            s = slice(chance.choice(bounds), chance.choice(bounds), chance.choice([None, 1, 2, -1, -2]))
            numpy.append(s)
            spelled.append(["slice", s.start, s.stop, 1 if s.step is None else s.step])
        axis += 1
        step += 1
    return tuple(numpy), spelled


def fits(a, b):
    try:
        np.broadcast_shapes(tuple(a), tuple(b))
        return True
    except ValueError:
        return False


record = {"index": [], "call": []}
for case in range(130):
    shape = chance.choice([(5,), (3, 4), (2, 3, 4), (4, 1, 3), (2, 2, 3, 2), (3, 0), ()])
    x = np.arange(int(np.prod(shape)), dtype=np.float64).reshape(shape)
    index, spelled = entries(shape)
    taken = x[index]
    values = draw(*chance.choice([taken.shape, (), taken.shape[-1:]]))
    updated = {}
    for kind, join in [("Set", None), ("Add", np.add), ("Multiply", np.multiply), ("Max", np.maximum), ("Min", np.minimum)]:
        y = x.copy()
        if join is None:
            y[index] = values
        else:
            join.at(y, index, values)
        updated[kind] = array(y)
    record["index"].append({"shape": list(shape), "entries": spelled, "result": array(taken), "values": array(values), "updated": updated})


def call(name, result, *operands, **arguments):
    results = result if isinstance(result, (tuple, list)) else [result]
    record["call"].append({"name": name, "operands": [array(o) for o in operands], "arguments": arguments, "results": [array(r) for r in results]})


for shape, axis in [((7,), 0), ((3, 5), 1), ((3, 5), 0), ((2, 4, 3), 1), ((2, 0), 1)]:
    x = draw(*shape)
    n = draw(*shape, nan=True)
    ties = whole(*shape)
    call("Sort", [np.sort(n, axis), np.argsort(n, axis, kind="stable")], n, axis=axis)
    call("Sort", [np.sort(ties, axis), np.argsort(ties, axis, kind="stable")], ties, axis=axis)
    call("SortDescending", [-np.sort(-ties, axis), np.argsort(-ties, axis, kind="stable")], ties, axis=axis)
    call("CumSum", np.cumsum(x, axis), x, axis=axis)
    call("CumProd", np.cumprod(x, axis), x, axis=axis)
    call("CumMax", np.maximum.accumulate(n, axis), n, axis=axis)
    call("CumMin", np.minimum.accumulate(n, axis), n, axis=axis)
    call("Roll", np.roll(x, -2, axis), x, axis=axis, shift=-2)
    call("Repeat", np.repeat(x, 3, axis), x, axis=axis, count=3)
    counts = whole(shape[axis], high=3)
    call("RepeatCounts", np.repeat(x, counts, axis), x, counts, axis=axis)
    for count in (0, 1, 2):
        call("Diff", np.diff(x, count, axis), x, axis=axis, count=count)
    if 0 in shape:
        continue
    call("LogCumSumExp", torch.logcumsumexp(torch.tensor(x), axis).numpy(), x, axis=axis)
    k = min(2, shape[axis])
    for largest in (True, False):
        distinct = draw(*shape) + np.arange(x.size).reshape(shape) / 1024
        values, indices = torch.topk(torch.tensor(distinct), k, axis, largest=largest)
        call("TopK", [values.numpy(), indices.numpy()], distinct, axis=axis, k=k, largest=largest)
        values, indices = torch.kthvalue(torch.tensor(distinct), k, axis)
        call("KthValue", [values.numpy(), indices.numpy()], distinct, axis=axis, k=k)
    call("TakeAlongAxis", np.take_along_axis(x, ties % shape[axis], axis), x, ties % shape[axis], axis=axis)
    ids = whole(2, 3, low=-shape[axis], high=shape[axis])
    call("Take", np.take(x, ids, axis), x, ids, axis=axis)
    call("Mode", scipy.stats.mode(ties, axis, keepdims=False).mode, ties, axis=axis)
    call("Median", [np.median(x, axis), np.median(x)], x, axis=axis)
    with np.errstate(all="ignore"):
        call("Nan", [np.nansum(n, axis), np.nanmean(n, axis), np.nanmedian(n, axis)], n, axis=axis)
    for q, method in itertools.product((0.0, 0.1, 0.25, 0.5, 0.8125, 1.0), ("linear", "lower", "higher", "nearest", "midpoint")):
        call("Quantile", [np.quantile(x, q, axis, method=method), np.quantile(n, q, method=method)], x, n, axis=axis, q=q, method=method)
for x in [draw(9), whole(12), whole(3, 4), draw(3, 4, low=-3, high=3), np.zeros(0)]:
    values, indices, inverse, counts = np.unique(x, return_index=True, return_inverse=True, return_counts=True)
    call("Unique", [values, indices, inverse.reshape(x.shape), counts], x)
    among = draw(6, low=-3, high=3)
    call("IsIn", np.isin(x, among), x, among)
    call("Nonzero", list(np.nonzero(x)), x)
    call("Counts", [np.count_nonzero(x), np.any(x), np.all(x)], x)
    call("Tile", [np.tile(x, 2), np.tile(x, (2, 1, 3))], x)
ascending = np.sort(draw(9, low=-6, high=6))
v = draw(2, 5, low=-8, high=8)
call("SearchSorted", [np.searchsorted(ascending, v, "left"), np.searchsorted(ascending, v, "right")], ascending, v)
call("Digitize", [np.digitize(v, ascending), np.digitize(v, ascending, right=True)], v, ascending)
call("Bucketize", [torch.bucketize(torch.tensor(v), torch.tensor(ascending)).numpy(), torch.bucketize(torch.tensor(v), torch.tensor(ascending), right=True).numpy()], v, ascending)
x = whole(20)
w = draw(20)
call("Bincount", [np.bincount(x), np.bincount(x, w), np.bincount(x, minlength=9)], x, w)
x = draw(40)
call("Histogram", list(np.histogram(x)) + list(np.histogram(x, 5, (-1, 1))) + [np.histogram(x, np.array([-2, -0.5, 0, 0.25, 1]))[0], np.histogram(x, 4, weights=x)[0]], x)
call("MeshGrid", list(np.meshgrid(np.arange(3.0), np.arange(2.0))) + list(np.meshgrid(np.arange(3.0), np.arange(2.0), indexing="ij")), np.arange(3.0), np.arange(2.0))
print(json.dumps(record, separators=(",", ":")))
