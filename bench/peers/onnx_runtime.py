"""ONNX Runtime as a peer: models of one node, written here, run by a Node process (onnx_server.js). Absent where its package is not installed."""
import json
import os
import struct
import subprocess
import tempfile

import numpy as np

from work import Work

_HERE = os.path.dirname(os.path.abspath(__file__))
_MODULES = os.path.join(_HERE, "..", "..", "artifacts", "bench-peers", "node_modules")
_server = None


def version():
    try:
        with open(os.path.join(_MODULES, "onnxruntime-node", "package.json")) as file:
            return json.load(file)["version"]
    except OSError:
        return "-"


# The few messages of ONNX's protocol buffers that a model of one node needs: (field number, value) pairs.
def varint(n):
    n &= (1 << 64) - 1
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes(out + bytes([n]))


def message(*fields):
    out = b""
    for number, value in fields:
        if isinstance(value, int):
            out += varint(number << 3) + varint(value)
        elif isinstance(value, float):
            out += varint(number << 3 | 5) + struct.pack("<f", value)
        else:
            data = value.encode() if isinstance(value, str) else value
            out += varint(number << 3 | 2) + varint(len(data)) + data
    return out


def attribute(name, value):
    if isinstance(value, float):
        return message((1, name), (2, value), (20, 1))
    if isinstance(value, int):
        return message((1, name), (3, value), (20, 2))
    return message((1, name), *((8, item) for item in value), (20, 7))


def value(name, shape):
    dims = [(1, message((1, extent))) for extent in shape]
    return message((1, name), (2, message((1, message((1, 1), (2, message(*dims)))))))


def _model(operator, attributes, inputs, constants):
    node = message(*((1, name) for name in (*inputs, *constants)), (2, "y"), (4, operator), *((5, attribute(*pair)) for pair in attributes.items()))
    initializers = [(5, message(*((1, extent) for extent in array.shape), (2, 1), (8, name), (9, np.ascontiguousarray(array).tobytes()))) for name, array in constants.items()]
    output = message((1, "y"), (2, message((1, message((1, 1))))))
    graph = message((1, node), (2, "row"), *initializers, *((11, value(name, array.shape)) for name, array in inputs.items()), (12, output))
    return message((1, 8), (7, graph), (8, message((2, 17 if operator != "Gelu" else 20))))


def _ask(**request):
    _server.stdin.write(json.dumps(request) + "\n")
    _server.stdin.flush()
    answer = json.loads(_server.stdout.readline())
    if "failed" in answer:
        raise RuntimeError(answer["failed"])
    return answer


class _Way:
    """A way that times itself: the Node process counts, not this one."""

    def __init__(self, model, inputs):
        global _server
        if _server is None:
            _server = subprocess.Popen(["node", os.path.join(_HERE, "onnx_server.js")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "NODE_PATH": _MODULES})
        with tempfile.TemporaryDirectory() as folder:
            tensors = []
            for i, (name, array) in enumerate(inputs.items()):
                file = os.path.join(folder, str(i))
                array.tofile(file)
                tensors.append({"name": name, "type": array.dtype.name, "dims": array.shape, "file": file})
            _ask(do="open", model=model, tensors=tensors, threads=int(os.environ["OMP_NUM_THREADS"]), spins=os.environ.get("OMP_WAIT_POLICY") == "ACTIVE")

    def window(self, times):
        return _ask(do="time", times=times)["seconds"]

    def __call__(self):
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "y")
            results = [np.fromfile(f"{file}{i}", result["type"]).reshape(result["dims"]) for i, result in enumerate(_ask(do="result", file=file))]
            return results[0] if len(results) == 1 else results


def way(operator, inputs, constants=None, **attributes):
    """{"onnxruntime": way} for a model of one node, or {} where ONNX Runtime is not installed. inputs, constants: name -> float32 array, in the node's order."""
    if version() == "-":
        return {}
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "row.onnx")
        with open(model, "wb") as file:
            file.write(_model(operator, attributes, inputs, constants or {}))
        return {"onnxruntime": _Way(model, inputs)}


def whole(*arrays, model, names):
    """Work of a whole model. There is no float64 for it: its own results are what the product is compared with."""
    way = _Way(os.path.abspath(model), dict(zip(names, arrays)))
    return Work(new={"onnxruntime": way}, exact=way)
