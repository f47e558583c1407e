"""ONNX files of one operator, written without any package but NumPy."""
import struct

import numpy as np

TYPES = {"float32": 1, "uint8": 2, "int8": 3, "uint16": 4, "int16": 5, "int32": 6, "int64": 7, "object": 8, "bool": 9, "float16": 10, "float64": 11, "uint32": 12, "uint64": 13}


def varint(n):
    n &= (1 << 64) - 1
    out = bytearray()
    while n > 127:
        out.append(n & 127 | 128)
        n >>= 7
    return bytes(out + bytes([n]))


def number(field, n):
    return varint(field << 3) + varint(int(n))


def real(field, x):
    return varint(field << 3 | 5) + struct.pack("<f", x)


def part(field, content):
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def tensor(array, name=""):
    array = np.asarray(array)
    kind = TYPES[array.dtype.name]
    content = b"".join(part(6, str(text)) for text in array.ravel()) if kind == 8 else part(9, np.ascontiguousarray(array).tobytes())
    return b"".join(number(1, extent) for extent in array.shape) + number(2, kind) + content + part(8, name)


def attribute(name, value):
    if isinstance(value, np.ndarray):
        kind, content = 4, part(5, tensor(value))
    elif isinstance(value, str):
        kind, content = 3, part(4, value)
    elif isinstance(value, float):
        kind, content = 1, real(2, value)
    elif isinstance(value, (int, np.integer)):
        kind, content = 2, number(3, value)
    elif isinstance(value[0], str):
        kind, content = 8, b"".join(part(9, text) for text in value)
    elif isinstance(value[0], float):
        kind, content = 6, b"".join(real(7, x) for x in value)
    else:
        kind, content = 7, b"".join(number(8, n) for n in value)
    return part(1, name) + content + number(20, kind)


def port(name, array=None):
    if array is None:
        return part(1, name)
    shape = b"".join(part(1, number(1, extent)) for extent in array.shape)
    return part(1, name) + part(2, part(1, number(1, TYPES[array.dtype.name]) + part(2, shape)))


def model(op, names, inputs, constants, outputs, attributes, opset):
    """names: of the inputs, "" where left out; inputs, constants: name -> array."""
    node = b"".join(part(1, name) for name in names) + b"".join(part(2, name) for name in outputs) + part(3, op.lower()) + part(4, op)
    node += b"".join(part(5, attribute(name, value)) for name, value in attributes.items())
    graph = part(1, node) + part(2, "case") + b"".join(part(5, tensor(array, name)) for name, array in constants.items())
    graph += b"".join(part(11, port(name, array)) for name, array in inputs.items()) + b"".join(part(12, port(name)) for name in outputs)
    return number(1, 10) + part(7, graph) + part(8, number(2, opset))
