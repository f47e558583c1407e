"""Every operator of ONNX in every element type that its newest version takes: small whole numbers, so that all types hold inputs and results.
The types come from the standard's table of operators (columns domain, op, since, types); results are NumPy's.

    python3 tools/vectors/onnx_types.py ops.tsv > tests/Ashlar.Models.Tests/Onnx/Vectors/types.json
"""
import csv
import json
import math
import re
import sys

import numpy as np

NUMBERS = {
    "float": 1, "uint8": 2, "int8": 3, "uint16": 4, "int16": 5, "int32": 6, "int64": 7, "bool": 9, "float16": 10, "double": 11, "uint32": 12, "uint64": 13, "bfloat16": 16,
    "float8e4m3fn": 17, "float8e4m3fnuz": 18, "float8e5m2": 19, "float8e5m2fnuz": 20, "uint4": 21, "int4": 22, "float4e2m1": 23, "uint2": 25, "int2": 26,
}
FLOATS = ("float", "double", "float16", "bfloat16")
newest = {}
for row in csv.DictReader(open(sys.argv[1]), delimiter="\t"):
    if row["domain"] == "ai.onnx" and int(row["since"]) >= newest.get(row["op"], (0, ""))[0]:
        newest[row["op"]] = (int(row["since"]), row["types"])
cases = []


def types(op, variable):
    for part in newest[op][1].split(";"):
        name, members = part.strip().split(":", 1)
        if name == variable:
            return [NUMBERS[t] for t in re.findall(r"t(?:ensor)?\((\w+)\)", members) if t in NUMBERS]
    raise KeyError(f"{op} has no {variable}: {newest[op][1]}")


def value(array, typed):
    array = np.asarray(array)
    return {"type": array.dtype.name, "shape": list(array.shape), "values": array.ravel().tolist(), "typed": typed}


def case(op, inputs, outputs, typed=None, results=None, variable="T", only=None, without=(), **attributes):
    """Inputs numbered in typed (all, where None) are cast to each type of a variable; so many results as results names have it too."""
    chosen = [t for t in types(op, variable) if (only is None or t in [NUMBERS[n] for n in only]) and t not in [NUMBERS[n] for n in without]]
    outputs = outputs if isinstance(outputs, list) else [outputs]
    cases.append({
        "name": f"{op} {len(cases)}", "op": op, "types": chosen, "attributes": attributes,
        "inputs": [None if x is None else value(x, typed is None or i in typed) for i, x in enumerate(inputs)],
        "outputs": [value(y, results is None or i in results) for i, y in enumerate(outputs)],
    })


def whole(*items):
    return np.array(items, dtype=np.int64)


bits = np.array([[0, 1, 1, 0], [1, 0, 0, 1], [1, 1, 0, 1]], np.float32)
other = np.array([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0]], np.float32)
small = np.array([[1, 3, 2, 1], [2, 2, 1, 3], [3, 1, 3, 2]], np.float32)
line = np.array([2, 1, 3, 2], np.float32)
half = np.full((2, 3), 0.5, np.float32)
two = np.full((3, 4), 2, np.float32)

# Movements.
case("Identity", [bits], bits, variable="V")
case("Transpose", [bits], bits.T)
case("Reshape", [bits, whole(4, 3)], bits.reshape(4, 3), typed=[0])
case("Flatten", [bits], bits)
case("Unsqueeze", [bits, whole(0)], bits[None], typed=[0])
case("Squeeze", [bits[None], whole(0)], bits, typed=[0])
case("Expand", [bits, whole(2, 3, 4)], np.broadcast_to(bits, (2, 3, 4)), typed=[0])
case("Tile", [bits, whole(2, 1)], np.tile(bits, (2, 1)), typed=[0])
case("Slice", [bits, whole(2), whole(-9), whole(0), whole(-1)], bits[::-1], typed=[0])
case("Pad", [bits, whole(1, 0, 0, 1)], np.pad(bits, ((1, 0), (0, 1))), typed=[0])
case("Pad", [bits, whole(1, 0, 0, 1)], np.pad(bits, ((1, 0), (0, 1)), mode="edge"), typed=[0], mode="edge")
case("Gather", [bits, whole(2, 0)], bits[[2, 0]], typed=[0])
case("GatherElements", [bits, whole(1, 2, 0, -1)[None]], np.take_along_axis(bits, whole(1, 2, 0, -1)[None], 0), typed=[0])
case("GatherND", [bits, np.array([[1, 2], [0, -1]])], bits[[1, 0], [2, -1]], typed=[0])
case("Trilu", [bits], np.triu(bits))
case("Compress", [bits, np.array([True, False, True])], bits[[0, 2]], typed=[0], axis=0)
case("CenterCropPad", [bits, whole(5, 2)], np.pad(bits[:, 1:3], ((1, 1), (0, 0))), typed=[0])
turned = bits.copy()
for column, length in enumerate((3, 2, 1, 3)):
    turned[:length, column] = bits[:length, column][::-1]
case("ReverseSequence", [bits, whole(3, 2, 1, 3)], turned, typed=[0])
case("Concat", [bits, other], np.concatenate([bits, other], 1), axis=1)
case("Split", [bits], [bits[:, :2], bits[:, 2:]], axis=1, num_outputs=2)
case("Where", [other == 1, bits, other], np.where(other == 1, bits, other), typed=[1, 2])
put = bits.copy()
np.put_along_axis(put, whole(1, 2, 0, 1)[None], 1, 0)
case("ScatterElements", [bits, whole(1, 2, 0, 1)[None], np.ones((1, 4), np.float32)], put, typed=[0, 2])
case("ScatterND", [bits, whole(1)[None], np.ones((1, 4), np.float32)], np.concatenate([bits[:1], np.ones((1, 4)), bits[2:]]), typed=[0, 2])
deep = np.arange(16).reshape(1, 4, 2, 2) % 2
case("DepthToSpace", [deep.astype(np.float32)], deep.reshape(1, 2, 2, 1, 2, 2).transpose(0, 3, 4, 1, 5, 2).reshape(1, 1, 4, 4), blocksize=2)
case("SpaceToDepth", [np.ones((1, 1, 2, 2), np.float32)], np.ones((1, 4, 1, 1)), blocksize=2)
for variable, place in (("T3", 2), ("T1", 0), ("T2", 1)):
    case("OneHot", [np.array([1, 0], np.float32), np.array(3, np.float32), np.array([0, 1], np.float32)], np.eye(3)[[1, 0]], typed=[place], variable=variable)
case("NonZero", [bits], np.array(np.nonzero(bits)), results=[])
found, first, inverse, counts = np.unique(bits, return_index=True, return_inverse=True, return_counts=True)
case("Unique", [bits], [found, first, inverse.ravel(), counts], results=[0])
case("TensorScatter", [np.zeros((1, 3, 2), np.float32), np.ones((1, 1, 2), np.float32), whole(1)], np.array([[[0, 0], [1, 1], [0, 0]]]), typed=[0, 1])

# Comparisons and arithmetic.
case("Equal", [bits, other], bits == other, results=[])
case("IsNaN", [bits], np.zeros((3, 4), bool), results=[], variable="T1")
case("IsInf", [bits], np.zeros((3, 4), bool), results=[], variable="T1")
for op, want in (("Greater", small > line), ("Less", small < line), ("GreaterOrEqual", small >= line), ("LessOrEqual", small <= line)):
    case(op, [small, line], want, results=[])
for op, want in (("Add", small + line), ("Mul", small * line), ("Max", np.maximum(small, line)), ("Min", np.minimum(small, line)), ("Sum", small + line)):
    case(op, [small, line], want)
case("Sub", [small, np.minimum(small, line)], small - np.minimum(small, line))
case("Div", [small * 2, np.full(4, 2, np.float32)], small)
case("Mean", [small, small], small)
case("Mod", [small * 3, np.full(4, 2, np.float32)], np.fmod(small * 3, 2), fmod=1)
case("Pow", [small, np.full(4, 2, np.float32)], small ** 2, typed=[0])
case("Pow", [small, np.full(4, 2, np.float32)], small ** 2, typed=[1], results=[], variable="T1")
for op, want in (("Abs", small), ("Neg", -small), ("Sign", np.ones((3, 4))), ("Relu", small), ("Ceil", small), ("Floor", small), ("Round", small), ("Sqrt", np.sqrt(small)), ("Exp", np.exp(small)), ("Log", np.log(small)), ("Reciprocal", 1 / small), ("Erf", np.vectorize(math.erf)(small))):
    case(op, [small], want, without=() if op != "Erf" else [t for t in NUMBERS if t not in FLOATS])
case("Clip", [small, np.array(2, np.float32), np.array(3, np.float32)], np.clip(small, 2, 3))
case("PRelu", [small, line], small)
case("Shrink", [small], np.where(small > 1.5, small, 0), lambd=1.5)
for op, want in (("BitwiseAnd", small.astype(int) & line.astype(int)), ("BitwiseOr", small.astype(int) | line.astype(int)), ("BitwiseXor", small.astype(int) ^ line.astype(int))):
    case(op, [small, line], want)
case("BitShift", [small, np.ones(4, np.float32)], small * 2, direction="LEFT")
sigmoid = 1 / (1 + np.exp(-half))
softplus = np.log1p(np.exp(half))
for op, want in (
    ("LeakyRelu", half), ("ThresholdedRelu", half * 0), ("Elu", half), ("Selu", half * 1.0507009873554805), ("Celu", half), ("HardSigmoid", 0.2 * half + 0.5), ("HardSwish", half * (half / 6 + 0.5)), ("Softplus", softplus), ("Softsign", half / (1 + half)),
    ("Mish", half * np.tanh(softplus)), ("Gelu", half * 0.5 * (1 + math.erf(0.5 / math.sqrt(2)))), ("Swish", half * sigmoid), ("Sigmoid", sigmoid), ("Tanh", np.tanh(half)), ("Sin", np.sin(half)), ("Cos", np.cos(half)), ("Tan", np.tan(half)), ("Asin", np.arcsin(half)),
    ("Acos", np.arccos(half)), ("Atan", np.arctan(half)), ("Sinh", np.sinh(half)), ("Cosh", np.cosh(half)), ("Asinh", np.arcsinh(half)), ("Atanh", np.arctanh(half)), ("Softmax", np.full((2, 3), 1 / 3)), ("LogSoftmax", np.full((2, 3), -np.log(3))), ("Hardmax", np.eye(3)[[0, 0]]),
):
    case(op, [half], want, variable="T1" if op == "Celu" and "T1" in newest[op][1] else "T")
case("Acosh", [half + 1], np.arccosh(half + 1))

# Reductions and products.
for op, want in (("ReduceSum", 8), ("ReduceMean", 2), ("ReduceProd", 16), ("ReduceMax", 2), ("ReduceMin", 2), ("ReduceL1", 8), ("ReduceL2", 4), ("ReduceSumSquare", 16), ("ReduceLogSum", np.log(8)), ("ReduceLogSumExp", 2 + np.log(4))):
    case(op, [two, whole(1)], np.full((3, 1), want), typed=[0], only=FLOATS)
    case(op, [two, whole(1)], np.full((3, 1), int(want)), typed=[0], without=(*FLOATS, "bool"))
case("ReduceMax", [bits, whole(1)], np.ones((3, 1)), typed=[0], only=["bool"])
case("ReduceMin", [bits, whole(1)], np.zeros((3, 1)), typed=[0], only=["bool"])
case("ArgMax", [small], np.argmax(small, 1).reshape(3, 1), results=[], axis=1)
case("ArgMin", [small], np.argmin(small, 1).reshape(3, 1), results=[], axis=1)
case("TopK", [np.array([[3, 1, 4, 2], [2, 4, 1, 3]], np.float32), whole(2)], [np.array([[4, 3], [4, 3]]), np.array([[2, 0], [1, 3]])], typed=[0], results=[0])
case("CumSum", [small, np.array(1)], np.cumsum(small, 1), typed=[0])
case("CumProd", [small, np.array(1)], np.cumprod(small, 1), typed=[0])
case("MatMul", [small, small.T.copy()], small @ small.T)
case("Gemm", [small, small.T.copy(), np.ones(3, np.float32)], small @ small.T + 1)
case("Einsum", [small, small], small @ small.T, equation="ij,kj->ik")
case("Det", [np.array([[2, 1], [1, 3]], np.float32)], np.array(5))
case("Range", [np.array(1, np.float32), np.array(7, np.float32), np.array(2, np.float32)], np.array([1, 3, 5]))
case("EyeLike", [bits], np.eye(3, 4), variable="T1")

# Windows, sampling, normalisation, layers.
image = (np.arange(16).reshape(1, 1, 4, 4) % 3 + 1).astype(np.float32)
flat = image * 0 + 2
pool = {"kernel_shape": [2, 2], "strides": [2, 2]}
case("MaxPool", [image], image.reshape(1, 1, 2, 2, 2, 2).max((3, 5)), **pool)
case("AveragePool", [flat], np.full((1, 1, 2, 2), 2), **pool)
case("LpPool", [flat], np.full((1, 1, 2, 2), 4), **pool)
for op, want in (("GlobalAveragePool", 2), ("GlobalMaxPool", 2), ("GlobalLpPool", 8)):
    case(op, [flat], np.full((1, 1, 1, 1), want))
case("MaxUnpool", [np.ones((1, 1, 1, 1), np.float32), np.zeros((1, 1, 1, 1), np.int64)], np.array([[[[1, 0], [0, 0]]]]), typed=[0], variable="T1", **pool)
case("Conv", [image, np.ones((1, 1, 2, 2), np.float32)], image[..., :-1, :-1] + image[..., 1:, :-1] + image[..., :-1, 1:] + image[..., 1:, 1:])
case("ConvTranspose", [np.ones((1, 1, 2, 2), np.float32), np.ones((1, 1, 2, 2), np.float32)], np.array([[[[1, 2, 1], [2, 4, 2], [1, 2, 1]]]]))
case("DeformConv", [image, np.ones((1, 1, 1, 1), np.float32), np.zeros((1, 2, 4, 4), np.float32)], image)
case("Col2Im", [np.ones((1, 4, 4), np.float32), whole(4, 4), whole(2, 2)], np.ones((1, 1, 4, 4)), typed=[0], without=["bool"], strides=[2, 2])
scales = np.array([1, 1, 2, 2], np.float32)
case("Resize", [image, None, scales], np.repeat(np.repeat(image, 2, 2), 2, 3), typed=[0], variable="T1", without=["bool"], mode="nearest")
case("Resize", [flat, None, scales], np.full((1, 1, 8, 8), 2), typed=[0], variable="T1", without=["bool"], mode="linear")
grid = np.array([[[[-0.75, -0.25]]]], np.float32)
case("GridSample", [image, grid], image[:, :, 1:2, 0:1], typed=[0], variable="T1", without=["bool"], mode="nearest")
case("GridSample", [flat, grid * 0], flat[:, :, :1, :1], typed=[0], variable="T1", without=["bool"])
case("AffineGrid", [np.array([[[1, 0, 0], [0, 1, 0]]], np.float32), whole(1, 1, 1, 2)], np.array([[[[-0.5, 0], [0.5, 0]]]]), typed=[0], variable="T1")
case("RoiAlign", [flat, np.array([[0, 0, 3, 3]], np.float32), whole(0)], np.full((1, 1, 1, 1), 2), typed=[0, 1], variable="T1")
pair, one, zero = np.array([[[1, 3]]], np.float32), np.ones(1, np.float32), np.zeros(1, np.float32)
case("InstanceNormalization", [pair, one, zero], np.array([[[-1, 1]]]), epsilon=1e-9)
case("GroupNormalization", [pair, one, zero], np.array([[[-1, 1]]]), epsilon=1e-9, num_groups=1)
case("LayerNormalization", [pair, np.ones(2, np.float32)], np.array([[[-1, 1]]]), epsilon=1e-9)
case("RMSNormalization", [pair * 0 + 2, np.ones(2, np.float32)], np.array([[[1, 1]]]), epsilon=1e-9)
for variable, typed in (("T", [0]), ("T1", [1, 2]), ("T2", [3, 4])):
    case("BatchNormalization", [pair, one, zero, one, one], np.array([[[0.0, 2.0]]]), typed=typed, results=[0] if variable == "T" else [], variable=variable, epsilon=0.0)
case("LpNormalization", [np.array([[3, 4]], np.float32)], np.array([[0.6, 0.8]]))
case("LRN", [np.ones((1, 1, 2, 2), np.float32)], np.full((1, 1, 2, 2), 0.5), size=1, alpha=1.0, beta=1.0)
case("MeanVarianceNormalization", [pair[None]], np.array([[[[-1, 1]]]]))
case("Dropout", [small], [small, np.ones((3, 4), bool)], results=[0])
case("NegativeLogLikelihoodLoss", [-small, whole(1, 0, 2)], np.array((small[0, 1] + small[1, 0] + small[2, 2]) / 3), typed=[0])
case("SoftmaxCrossEntropyLoss", [np.zeros((2, 4), np.float32), whole(1, 0)], np.array(np.log(4)), typed=[0])
for op, gates in (("RNN", 1), ("GRU", 3), ("LSTM", 4)):
    case(op, [np.zeros((1, 1, 1), np.float32), np.ones((1, 2 * gates, 1), np.float32), np.ones((1, 2 * gates, 2), np.float32)], np.zeros((1, 1, 1, 2)), hidden_size=2)
case("DFT", [np.ones((1, 4, 1), np.float32)], np.array([[[4, 0], [0, 0], [0, 0], [0, 0]]]), variable="T1")
case("STFT", [np.ones((1, 8, 1), np.float32), np.array(4), np.ones(4, np.float32)], np.tile(np.array([[4, 0], [0, 0], [0, 0]]), (1, 2, 1, 1)), typed=[0, 2], variable="T1")
ones = np.ones((1, 1, 2, 2), np.float32)
case("Attention", [ones, ones, ones], ones, variable="T1")
case("RotaryEmbedding", [ones, np.ones((1, 2, 1), np.float32), np.zeros((1, 2, 1), np.float32)], ones)
case("QuantizeLinear", [small * 2, np.array(2, np.float32), np.array(0, np.float32)], small, typed=[2], variable="T3", without=["int2", "int4"])
case("DequantizeLinear", [small, np.array(2, np.float32)], small * 2, typed=[0], results=[], variable="T1", without=["int2"])

# From every type to every other.
for number in NUMBERS.values():
    case("Cast", [np.array([0, 1, 1, 0], np.float32)], np.array([0, 1, 1, 0]), variable="T1", to=number)

print(json.dumps({"cases": cases}))
