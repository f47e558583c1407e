"""Files of numpy.save, numpy.savez and numpy.savez_compressed, as JSON: name, bytes in base64, what they hold.

Run:  python3 tools/vectors/npy.py > tests/Ashlar.Tests/Vectors/npy.json
Made with NumPy 1.24.2.
"""
import base64
import io
import json
import sys
import numpy as np

rows = []


def add(name, data, arrays):
    rows.append({"name": name, "file": base64.b64encode(data).decode(), "arrays": [
        {"name": key, "dtype": a.dtype.newbyteorder("=").name, "shape": list(a.shape), "values": np.ascontiguousarray(a).astype(a.dtype.newbyteorder("<")).tobytes().hex()}
        for key, a in arrays.items()]})


def npy(name, array, version=None):
    stream = io.BytesIO()
    np.lib.format.write_array(stream, array, version)
    add(name, stream.getvalue(), {"": array})


grid = np.arange(6).reshape(2, 3)
for dtype in ("bool", "uint8", "int32", "int64", "float32", "float64", "int8", "int16", "uint16", "uint32", "uint64", "float16", "complex64", "complex128"):
    npy(dtype, (grid * 3 % 7 - (1 if dtype[0] in "if" else 0)).astype(dtype))
npy("number", np.array(2.5))
npy("vector", np.arange(3, dtype="int32"))
npy("empty", np.zeros((3, 0, 2), "float32"))
npy("column-major", np.asfortranarray(np.arange(24, dtype="float32").reshape(2, 3, 4)))
npy("big-endian", np.arange(4).astype(">i4"))
npy("big-endian float64", np.array([[1.5, -0.0], [np.inf, 3e-310]]).astype(">f8"))
npy("big-endian complex", np.array([1 + 2j, -3.5j]).astype(">c8"))
npy("version 2", grid.astype("float32"), (2, 0))
npy("version 3", grid.astype("float32"), (3, 0))
npy("twenty axes", np.zeros((1,) * 20, "uint8"))
arrays = {"weights": grid.astype("float32"), "größe": np.array(7), "mask": np.array([True, False])}
for name, save in (("npz", np.savez), ("npz compressed", np.savez_compressed)):
    stream = io.BytesIO()
    save(stream, **arrays)
    add(name, stream.getvalue(), arrays)
structured = io.BytesIO()
np.save(structured, np.zeros(2, dtype=[("a", "<i4"), ("b", "<f4")]))
add("refused: structured", structured.getvalue(), {})
text = io.BytesIO()
np.save(text, np.array(["a", "bc"]))
add("refused: text", text.getvalue(), {})
objects = io.BytesIO()
np.save(objects, np.array([{}, None], dtype=object))
add("refused: objects", objects.getvalue(), {})
json.dump(rows, sys.stdout, ensure_ascii=False, separators=(",", ":"))
