"""Dtypes: promotion, conversions and arithmetic as NumPy and PyTorch have them, as JSON of bit patterns.

Run:  python3 tools/vectors/dtypes.py > tests/Ashlar.Tests/Vectors/dtypes.json
Made with NumPy 1.24.2 and PyTorch 1.13.1. Bits are unsigned numbers as wide as the dtype. Integer quotients truncate toward zero, which NumPy has no
function for, so they are Python's. Where NumPy and the Array API differ the note beside it says what is recorded.
"""
import itertools
import json
import warnings
import numpy as np
import torch

warnings.simplefilter("ignore")
INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
FLOATS = ["float16", "float32", "float64"]
NUMPY = ["bool", *INTEGERS, *FLOATS]
TORCH = {"bool": torch.bool, "uint8": torch.uint8, "int8": torch.int8, "int16": torch.int16, "int32": torch.int32, "int64": torch.int64,
         "float16": torch.float16, "bfloat16": torch.bfloat16, "float32": torch.float32, "float64": torch.float64}
WIDTH = {1: np.uint8, 2: np.uint16, 4: np.uint32, 8: np.uint64}


def bits(array):
    array = np.ascontiguousarray(array)
    return [int(v) for v in array.view(WIDTH[array.dtype.itemsize]).reshape(-1)]


def torch_bits(tensor):
    return bits(tensor.contiguous().view(torch.int16).numpy()) if tensor.dtype == torch.bfloat16 else bits(tensor.numpy())


def promoted(a, b):
    kinds = {t in FLOATS or t == "bfloat16" for t in (a, b)}
    if "bfloat16" in (a, b) or (len(kinds) == 2 and "bool" not in (a, b)):
        # PyTorch knows uint8 alone of the unsigned integers; the others meet a float alike. NumPy widens the float, the Array API leaves it open.
        known = ["uint8" if t.startswith("uint") else t for t in (a, b)]
        return str(torch.promote_types(TORCH[known[0]], TORCH[known[1]])).removeprefix("torch.")
    result = str(np.promote_types(a, b))
    return None if result == "float64" and "float64" not in (a, b) else result


def samples(t):
    if t == "bool":
        return np.array([False, True])
    if t in INTEGERS:
        info = np.iinfo(t)
        near = [0, 1, 2, 3, 7, 100, 127, 128, 129, 255, 256, 32767, 32768, 65519, 65520, 65535, 16777217, 16777219, 2**31 - 1, 2**31, 2**32 - 1, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1]
        values = sorted({v for n in near for v in (n, -n, -n - 1) if info.min <= v <= info.max})
        return np.array(values, dtype=t)
    values = [0.0, -0.0, 1, -1, 0.5, 1.5, -2.5, 3.7, -3.7, 0.1, 1 / 3, 100.25, 127.9, -128.9, 2047, 2049, 65504, -65504, 65519.9, 65520, 1e-5, 6.1e-5, 5.96e-8, 2.98e-8,
              2.99e-8, 1.00048828125, 1.0004883, 1.00390625, 1.0039063, 1.01171875, 3e38, 3.3961775e38, 1e-40, 4e-41, np.inf, -np.inf]
    return np.array(values).astype(t)


record = {"promotion": {}, "casts": [], "binary": []}
for a, b in itertools.product([*NUMPY, "bfloat16"], repeat=2):
    record["promotion"][f"{a} {b}"] = promoted(a, b)
for a, b in itertools.product(NUMPY, repeat=2):
    x = samples(a)
    if a in FLOATS and b in INTEGERS:
        # Out of range NumPy gives whatever the machine does.
        info = np.iinfo(b)
        x = np.array([v for v in x if np.isfinite(v) and info.min <= int(v) <= info.max], dtype=a)
    if a != b:
        record["casts"].append({"from": a, "to": b, "x": bits(x), "y": bits(x.astype(b))})
for t in INTEGERS:
    pairs = list(itertools.product(samples(t), repeat=2))
    x, y = (np.array([p[i] for p in pairs], dtype=t) for i in (0, 1))
    some = slice(None, None, 1 + len(pairs) // 60)
    x, y = x[some], y[some]
    for name, result in [("add", x + y), ("subtract", x - y), ("multiply", x * y), ("minimum", np.minimum(x, y)), ("maximum", np.maximum(x, y)), ("less", x < y), ("lessOrEqual", x <= y)]:
        record["binary"].append({"type": t, "name": name, "x": bits(x), "y": bits(y), "z": bits(result)})
    x, y = x[y != 0], y[y != 0]
    quotients = [(abs(int(p)) // abs(int(q))) * (1 if (p < 0) == (q < 0) else -1) for p, q in zip(x, y)]
    width = 8 * np.dtype(t).itemsize
    record["binary"].append({"type": t, "name": "divide", "x": bits(x), "y": bits(y), "z": [q % 2**width for q in quotients]})
x, y = (v.reshape(-1) for v in np.meshgrid(samples("float16"), samples("float16")))
x, y = x[::9], y[::9]
for name, result in [("add", x + y), ("subtract", x - y), ("multiply", x * y), ("divide", x / y), ("less", x < y)]:
    known = ~np.isnan(result.astype(np.float32))
    record["binary"].append({"type": "float16", "name": name, "x": bits(x[known]), "y": bits(y[known]), "z": bits(result[known])})
for t in ["float32", "float64", "int8", "int16", "uint8"]:
    # PyTorch goes from int32 and int64 to bfloat16 through float32 and rounds twice, so those are not recorded.
    x = samples(t)
    if t == "float64":
        x = x.astype(np.float32).astype(np.float64)
    record["casts"].append({"from": t, "to": "bfloat16", "x": bits(x), "y": torch_bits(torch.from_numpy(x).to(torch.bfloat16))})
half = torch.from_numpy(samples("float32")).to(torch.bfloat16)
for t in ["float32", "float64", "float16"]:
    record["casts"].append({"from": "bfloat16", "to": t, "x": torch_bits(half), "y": torch_bits(half.to(TORCH[t]))})
x, y = (v.reshape(-1)[::9] for v in torch.meshgrid(half, half, indexing="ij"))
for name, result in [("add", x + y), ("subtract", x - y), ("multiply", x * y), ("divide", x / y), ("less", x < y)]:
    known = ~torch.isnan(result.float())
    record["binary"].append({"type": "bfloat16", "name": name, "x": torch_bits(x[known]), "y": torch_bits(y[known]), "z": torch_bits(result[known])})
print(json.dumps(record, separators=(",", ":")))
