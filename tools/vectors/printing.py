"""str() of NumPy arrays, as JSON: bits of the elements, shape, settings, text.

Run:  python3 tools/vectors/printing.py > tests/Ashlar.Tests/Vectors/printing.json
Made with NumPy 1.24.2.
"""
import json
import numpy as np

cases = []


def case(values, dtype, shape=None, precision=8, threshold=1000, edge=3, width=75):
    array = np.array(values, dtype=dtype)
    array = array.reshape(shape if shape is not None else array.shape)
    text = np.array2string(array, precision=precision, threshold=threshold, edgeitems=edge, max_line_width=width)
    elements = array.reshape(-1).view(np.uint8).tobytes().hex() if array.size <= 64 else None
    cases.append({"dtype": np.dtype(dtype).name, "shape": list(array.shape), "bytes": elements, "precision": precision,
                  "threshold": threshold, "edge": edge, "width": width, "text": text})


for dtype in ("float32", "float64"):
    case([0.1, 1 / 3, -2, 1e-3], dtype)
    case([1.0, 2.0, 3.0], dtype)
    case([1, 2.5, -3.125, 100], dtype)
    case([0.0, -0.0], dtype)
    case([1e-5, 1.0], dtype)
    case([1e8, 1.0], dtype)
    case([12345.678, 1.5], dtype)
    case([1e-10, 2.5e-7, -3e20], dtype)
    case([np.nan, np.inf, -np.inf, 1.5], dtype)
    case([np.nan, 1e10], dtype)
    case([np.nan, np.nan], dtype)
    case([np.inf], dtype)
    case(3.14159265358979, dtype)
    case([np.pi * 10 ** k for k in range(-3, 1)], dtype)
    case([np.pi, np.e * 100], dtype, precision=3)
    case([np.pi * 1e-9, np.e * 100], dtype, precision=2)
    case([0.5, 0.25, 0.125, 2.5], dtype, precision=0)
    case(np.arange(24) / 7, dtype, (2, 3, 4))
    case(np.arange(40) * 1.5, dtype)
    case([], dtype)
    case([[], []], dtype)
    case([999.99999, 0.1], dtype)
    case([0.1, 1e5 / 3, 7e-3], dtype)
    case([0.1, 1e5 / 3, 7e-3], dtype, precision=3)
    case([5e-324, 1.0] if dtype == "float64" else [1e-45, 1.0], dtype)
    case([1.7976931348623157e308] if dtype == "float64" else [3.4028235e38], dtype)
case([0.1, 1 / 3, -2, 65504], "float16")
case([6e-8, 1.0, 1e-4], "float16")
case([[0.1, 2.5], [1000, 3]], "float16")
for dtype in ("int32", "int64", "uint8", "int8", "uint64"):
    case([1, 20, 100], dtype)
    case([[1, 2], [3, 40]], dtype)
    case(7, dtype)
case([-2**31, 5], "int32")
case([-2**63, 2**63 - 1], "int64")
case([0, 2**64 - 1], "uint64")
case([True, False], "bool")
case([[True], [False]], "bool")
for shape in ((2000,), (40, 50), (7, 8, 9, 10), (1001, 1)):
    case(np.arange(np.prod(shape)), "int32", shape)
    case(np.arange(np.prod(shape)), "int32", shape, edge=1)
case(np.arange(2000), "int32", (2000,), edge=2, threshold=10, width=20)
case(np.arange(30), "int32", (5, 6), threshold=10, edge=2)
json.dump(cases, __import__("sys").stdout, separators=(",", ":"))
