"""ONNX Runtime as a peer: models of one node, written here, run by a Node process (onnx_server.js). Absent where its package is not installed."""
import json
import os
import struct
import subprocess
import tempfile

import numpy as np

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
def _varint(n):
    n &= (1 << 64) - 1
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes(out + bytes([n]))


def _message(*fields):
    out = b""
    for number, value in fields:
        if isinstance(value, int):
            out += _varint(number << 3) + _varint(value)
        elif isinstance(value, float):
            out += _varint(number << 3 | 5) + struct.pack("<f", value)
        else:
            data = value.encode() if isinstance(value, str) else value
            out += _varint(number << 3 | 2) + _varint(len(data)) + data
    return out


def _attribute(name, value):
    if isinstance(value, float):
        return _message((1, name), (2, value), (20, 1))
    if isinstance(value, int):
        return _message((1, name), (3, value), (20, 2))
    return _message((1, name), *((8, item) for item in value), (20, 7))


def _value(name, shape):
    dims = [(1, _message((1, extent))) for extent in shape]
    return _message((1, name), (2, _message((1, _message((1, 1), (2, _message(*dims)))))))


def _model(operator, attributes, inputs, constants):
    node = _message(*((1, name) for name in (*inputs, *constants)), (2, "y"), (4, operator), *((5, _attribute(*pair)) for pair in attributes.items()))
    initializers = [(5, _message(*((1, extent) for extent in array.shape), (2, 1), (8, name), (9, np.ascontiguousarray(array).tobytes()))) for name, array in constants.items()]
    output = _message((1, "y"), (2, _message((1, _message((1, 1))))))
    graph = _message((1, node), (2, "row"), *initializers, *((11, _value(name, array.shape)) for name, array in inputs.items()), (12, output))
    return _message((1, 8), (7, graph), (8, _message((2, 17 if operator != "Gelu" else 20))))


def _ask(**request):
    _server.stdin.write(json.dumps(request) + "\n")
    _server.stdin.flush()
    answer = json.loads(_server.stdout.readline())
    if "failed" in answer:
        raise RuntimeError(answer["failed"])
    return answer


class _Way:
    """A way that times itself: the Node process counts, not this one."""

    def __init__(self, operator, attributes, inputs, constants):
        global _server
        if _server is None:
            _server = subprocess.Popen(["node", os.path.join(_HERE, "onnx_server.js")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "NODE_PATH": _MODULES})
        with tempfile.TemporaryDirectory() as folder:
            model = os.path.join(folder, "row.onnx")
            with open(model, "wb") as file:
                file.write(_model(operator, attributes, inputs, constants))
            tensors = []
            for name, array in inputs.items():
                array.tofile(os.path.join(folder, name))
                tensors.append({"name": name, "dims": array.shape, "file": os.path.join(folder, name)})
            _ask(do="open", model=model, tensors=tensors, threads=int(os.environ["OMP_NUM_THREADS"]), spins=os.environ.get("OMP_WAIT_POLICY") == "ACTIVE")

    def window(self, times):
        return _ask(do="time", times=times)["seconds"]

    def __call__(self):
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "y")
            dims = _ask(do="result", file=file)["dims"]
            return np.fromfile(file, np.float32).reshape(dims)


def way(operator, inputs, constants=None, **attributes):
    """{"onnxruntime": way} for a model of one node, or {} where ONNX Runtime is not installed. inputs, constants: name -> float32 array, in the node's order."""
    return {} if version() == "-" else {"onnxruntime": _Way(operator, attributes, inputs, constants or {})}
