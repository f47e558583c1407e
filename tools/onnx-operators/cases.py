"""Draws calls of single operators, but for what the README names. Each is (operator, inputs, attributes, opset, outputs, numbers of the inputs that are constants)."""
import numpy as np

R = np.random.RandomState()
WHOLE = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]


def f(*shape):
    return np.asarray(R.randn(*shape), "f4")


def positive(*shape):
    return np.abs(f(*shape)) + np.float32(0.1)


def whole(kind, low, high, *shape):
    return np.asarray(R.randint(max(low, 0) if kind[0] == "u" else low, high, shape)).astype(kind)


def i64(*values):
    return np.array(values, "i8")


def one(*choices):
    return choices[R.randint(len(choices))]


def some(chance, **attributes):
    return {name: value for name, value in attributes.items() if R.rand() < chance}


def shapes():
    """Two shapes that broadcast."""
    full = [R.randint(1, 5) for _ in range(R.randint(0, 4))]
    if full and R.rand() < 0.1:
        full[R.randint(len(full))] = 0
    other = [one(extent, 1) for extent in full][R.randint(0, len(full) + 1):]
    return (full, other) if R.rand() < 0.5 else (other, full)


def elementwise():
    a, b = shapes()
    op = one("Add", "Sub", "Mul", "Div", "Max", "Min", "Equal", "Greater", "Less", "Pow", "Mod", "And", "BitwiseXor", "unary", "unary", "activation", "activation", "Where", "Clip")
    if op == "unary":
        op, opset = one(("Abs", 13), ("Neg", 13), ("Ceil", 13), ("Floor", 13), ("Round", 22), ("Exp", 13), ("Sin", 22), ("Cos", 22), ("Tan", 22), ("Asin", 22), ("Atan", 22), ("Sinh", 22), ("Tanh", 13), ("Asinh", 22), ("Atanh", 22),
                        ("Erf", 13), ("Sigmoid", 13), ("Softplus", 22), ("Softsign", 22), ("Sign", 13), ("Reciprocal", 13), ("IsNaN", 13), ("Relu", 14))
        return op, [np.asarray(R.rand(*a) * 1.8 - 0.9, "f4")], {}, opset, 1
    if op == "activation":
        op = one("LeakyRelu", "Elu", "Celu", "Selu", "HardSigmoid", "ThresholdedRelu", "HardSwish", "Gelu", "Mish", "Shrink", "PRelu", "Softmax", "LogSoftmax", "Hardmax")
        if op in ("Softmax", "LogSoftmax", "Hardmax"):
            return op, [f(2, 3, 4)], some(0.8, axis=one(0, 1, 2, -1, -2)), one(9, 11, 13), 1
        attributes = {"Gelu": {"approximate": one("none", "tanh")}, "Shrink": some(0.7, lambd=0.4, bias=0.2), "HardSigmoid": some(0.6, alpha=0.3, beta=0.4), "Selu": some(0.5, alpha=2.0, gamma=0.9)}
        return op, [f(2, 3, 4)] + ([f(*one((3, 1), (1,), (4,)))] if op == "PRelu" else []), attributes.get(op, some(0.5, alpha=0.7) if op in ("LeakyRelu", "Elu", "Celu", "ThresholdedRelu") else {}), 20, 1
    if op == "Where":
        return op, [whole("bool", 0, 2, *a), f(*b), f()], {}, 16, 1
    if op == "Clip":
        return op, [f(*a), one(None, np.float32(-0.5) * np.ones((), "f4")), one(None, np.float32(0.5) * np.ones((), "f4"))], {}, 13, 1
    if op == "And":
        return one("And", "Or", "Xor"), [whole("bool", 0, 2, *a), whole("bool", 0, 2, *b)], {}, 7, 1
    if op == "BitwiseXor":
        kind = one(*WHOLE)
        return one("BitwiseAnd", "BitwiseOr", op), [whole(kind, 0, 99, *a), whole(kind, 0, 99, *b)], {}, 18, 1
    if op == "Pow":
        return op, [positive(*a), one(f(*b), np.full(b, one(2, 3, 0.5), "f4"))], {}, 15, 1
    kind = one("float32", "float64", "int32", "int64") if op != "Mod" else one("int32", "int64", "int8")
    low = 1 if op in ("Div", "Mod") else -9
    return op, [whole(kind, -9, 9, *a), whole(kind, low, 9, *b)], some(0.5, fmod=1) if op == "Mod" else {}, one(13, 14, 17), 1


def movements():
    x = one(f(2, 3, 4), whole("int64", 0, 9, 2, 3, 4), whole("bool", 0, 2, 2, 3, 4))
    op = one("Reshape", "Transpose", "Flatten", "Squeeze", "Unsqueeze", "Expand", "Tile", "Concat", "Split", "Slice", "Slice", "Pad", "Pad", "Trilu", "DepthToSpace", "Shape", "ReverseSequence")
    if op == "Reshape":
        return op, [x, one(i64(0, -1), i64(-1), i64(4, 0, -1), i64(2, -1, 2), i64(1, 24, 1))], {}, 14, 1
    if op == "Transpose":
        return op, [x], some(0.8, perm=[int(axis) for axis in R.permutation(3)]), 13, 1
    if op == "Flatten":
        return op, [x], some(0.8, axis=int(R.randint(-3, 4))), 13, 1
    if op == "Squeeze":
        return one((op, [x[None, :, :, :, None], one(i64(0), i64(-1), i64(0, -1))], {}, 13, 1), (op, [x[None]], some(0.5, axes=[0]), 11, 1))
    if op == "Unsqueeze":
        return op, [x, one(i64(0), i64(-1, 0), i64(2, 0, -1))], {}, 13, 1
    if op == "Expand":
        return op, [f(3, 1), one(i64(2, 1, 6), i64(3, 4), i64(1, 1))], {}, 13, 1
    if op == "Tile":
        return op, [x, i64(*R.randint(0, 3, 3))], {}, 13, 1
    if op == "Concat":
        axis = int(R.randint(-3, 3))
        parts = [np.take(x, range(R.randint(0, x.shape[axis] + 1)), axis) for _ in range(R.randint(1, 4))]
        return op, parts, {"axis": axis}, 13, 1
    if op == "Split":
        return one((op, [f(7, 2)], {"num_outputs": 3}, 18, 3), (op, [f(2, 6), i64(1, 0, 5)], {"axis": -1}, 13, 3), (op, [f(2, 6)], {"axis": 1, "split": [2, 4]}, 11, 2))
    if op == "Slice":
        count = R.randint(1, 4)
        axes = [int(axis) for axis in R.permutation(3)[:count]]
        steps = [one(1, 2, -1, -2) for _ in axes]
        ends = [int(one(R.randint(-6, 7), 2**63 - 1 if step > 0 else -(2**63))) for step in steps]
        return op, [x, i64(*R.randint(-6, 7, count)), i64(*ends), i64(*[axis - one(0, 3) for axis in axes]), i64(*steps)], {}, 13, 1
    if op == "Pad":
        mode = one("constant", "reflect", "edge", "wrap")
        return op, [f(3, 4, 5), i64(*R.randint(-1, 3, 6))] + ([np.float32(2.5) * np.ones((), "f4")] if mode == "constant" and R.rand() < 0.5 else []), {"mode": mode}, 19, 1
    if op == "Trilu":
        return op, [f(2, 4, 5), np.array(R.randint(-4, 6), "i8")], {"upper": one(0, 1)}, 14, 1
    if op == "DepthToSpace":
        return one((op, [f(2, 8, 2, 3)], {"blocksize": 2, "mode": one("DCR", "CRD")}, 13, 1), ("SpaceToDepth", [f(2, 3, 4, 6)], {"blocksize": 2}, 13, 1))
    if op == "Shape":
        return op, [x], some(0.6, start=int(R.randint(-4, 4)), end=int(R.randint(-4, 4))), 15, 1
    return op, [f(4, 3, 2), i64(*R.randint(1, 5, 3))], {"time_axis": 0, "batch_axis": 1}, 10, 1


def indexing():
    op = one("Gather", "GatherElements", "GatherND", "ScatterElements", "ScatterND", "OneHot", "TopK", "ArgMax", "CumSum", "Compress", "NonZero", "Unique")
    x = f(3, 4, 5)
    axis = int(R.randint(-3, 3))
    if op == "Gather":
        return op, [x, whole("int64", -x.shape[axis], x.shape[axis], *one((2,), (2, 3), ()))], {"axis": axis}, 13, 1
    if op == "GatherElements":
        return op, [x, whole("int64", -x.shape[axis], x.shape[axis], 2, 3, 4)], {"axis": axis}, 13, 1
    if op == "GatherND":
        return one((op, [x, whole("int64", -3, 3, 2, 2)], {}, 13, 1), (op, [x, whole("int64", 0, 4, 3, 2, 1)], {"batch_dims": 1}, 13, 1))
    if op == "ScatterElements":
        places = np.argsort(R.rand(3, 4, 5), axis=axis).astype("i8")
        return op, [x, places, f(3, 4, 5)], {"axis": axis, "reduction": one("none", "add", "mul", "max", "min")}, 18, 1
    if op == "ScatterND":
        return op, [x, i64(2, 0).reshape(2, 1), f(2, 4, 5)], {"reduction": one("none", "add", "mul", "max", "min")}, 18, 1
    if op == "OneHot":
        return op, [whole("int64", -5, 5, 2, 3), np.array(5, "i8"), f(2)], {"axis": one(-1, 0, 1)}, 11, 1
    if op == "TopK":
        return op, [x, i64(R.randint(1, x.shape[axis] + 1))], {"axis": axis, "largest": one(0, 1)}, 11, 2
    if op == "ArgMax":
        return one("ArgMax", "ArgMin"), [whole("int32", 0, 3, 3, 4, 5)], {"axis": axis, "keepdims": one(0, 1), "select_last_index": one(0, 1)}, 13, 1
    if op == "CumSum":
        return op, [x, np.array(axis, "i8")], some(0.5, exclusive=1, reverse=1), 14, 1
    if op == "Compress":
        return op, [x, whole("bool", 0, 2, 3)], {"axis": 0}, 11, 1
    return (op, [whole("int32", 0, 3, 3, 4)], {}, 13, 1) if op == "NonZero" else (op, [whole("int64", 0, 5, 9)], some(0.5, sorted=0), 11, 4)


def reductions():
    op = one("ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceProd", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSum", "ReduceLogSumExp")
    axes = [int(axis) for axis in R.permutation(3)[:R.randint(1, 4)]]
    x = positive(2, 3, 4) if op == "ReduceLogSum" else f(2, 3, 4)
    if R.rand() < 0.5:
        return op, [x], {"keepdims": one(0, 1), **some(0.8, axes=axes)}, 11, 1
    return op, [x] + ([i64(*axes)] if R.rand() < 0.8 else []), {"keepdims": one(0, 1), **some(0.3, noop_with_empty_axes=1)}, 18, 1


def products():
    op = one("MatMul", "Gemm", "Einsum", "MatMulInteger", "QLinearMatMul")
    if op == "MatMul":
        return op, one([f(2, 3, 4), f(4, 5)], [f(4), f(4, 5)], [f(2, 1, 3, 4), f(3, 4, 2)], [f(4), f(4)], [f(0, 4), f(4, 3)]), {}, 13, 1
    if op == "Gemm":
        a, b = one(0, 1), one(0, 1)
        return op, [f(*((4, 3) if a else (3, 4))), f(*((5, 4) if b else (4, 5)))] + one([], [f(5)], [f(3, 1)], [f()]), {"transA": a, "transB": b, **some(0.5, alpha=0.5, beta=2.0)}, 13, 1
    if op == "Einsum":
        equation, inputs = one(("ij,jk->ik", [f(2, 3), f(3, 4)]), ("bij,bjk->bik", [f(2, 3, 4), f(2, 4, 5)]), ("ij->ji", [f(2, 3)]), ("ii->i", [f(3, 3)]), ("i,j->ij", [f(2), f(3)]), ("ij,ij", [f(2, 3), f(2, 3)]))
        return op, inputs, {"equation": equation}, 12, 1
    if op == "MatMulInteger":
        return op, [whole("uint8", 0, 255, 3, 4), whole("int8", -100, 100, 4, 5), np.array(9, "u1"), np.array(3, "i1")], {}, 10, 1
    return op, [whole("uint8", 0, 255, 3, 4), np.array(0.01, "f4"), np.array(5, "u1"), whole("uint8", 0, 255, 4, 5), np.array(0.02, "f4"), np.array(3, "u1"), np.array(0.05, "f4"), np.array(7, "u1")], {}, 10, 1


def windows():
    n = one(1, 2, 2, 3)
    kernel, extents = [one(1, 2, 3) for _ in range(n)], [one(5, 6, 7) for _ in range(n)]
    attributes = {"strides": [one(1, 2, 3) for _ in range(n)]}
    pads = one("pads", "pads", "SAME_UPPER", "SAME_LOWER", "VALID", "")
    if pads == "pads":
        attributes["pads"] = [one(0, 1) if kernel[i % n] > 1 else 0 for i in range(2 * n)]
    elif pads:
        attributes["auto_pad"] = pads
        attributes["strides"] = [min(stride, extent) for stride, extent in zip(attributes["strides"], kernel)]
    else:
        attributes["dilations"] = [one(1, 2) for _ in range(n)]
    op = one("Conv", "Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool")
    if op in ("Conv", "ConvTranspose"):
        group = one(1, 1, 2)
        shape = (group * one(1, 3), 2, *kernel) if op == "Conv" else (2 * group, one(1, 2), *kernel)
        bias = shape[0] if op == "Conv" else shape[1] * group
        return op, [f(2, 2 * group, *extents), f(*shape)] + one([], [f(bias)]), {"group": group, **attributes}, one(11, 22), 1
    opset = {"MaxPool": one(8, 12, 22), "AveragePool": one(11, 19, 22), "LpPool": one(18, 22)}[op]
    if "dilations" in attributes and opset < {"MaxPool": 10, "AveragePool": 19, "LpPool": 18}[op]:
        del attributes["dilations"]
    attributes.update({"MaxPool": {}, "AveragePool": some(0.5, count_include_pad=1), "LpPool": {"p": one(1, 2, 3)}}[op])
    return op, [f(2, 3, *extents)], {"kernel_shape": kernel, **attributes}, opset, 1


def normalisations():
    op = one("BatchNormalization", "InstanceNormalization", "GroupNormalization", "LayerNormalization", "LRN", "LpNormalization", "MeanVarianceNormalization")
    shape = one((2, 4, 3), (2, 4, 3, 5))
    if op == "BatchNormalization":
        training = one(0, 1)
        return op, [f(*shape), f(4), f(4), f(4), positive(4)], {"training_mode": training, **some(0.5, epsilon=1e-3, momentum=0.7)}, 15, 3 if training else 1
    if op == "InstanceNormalization":
        return op, [f(*shape), f(4), f(4)], some(0.5, epsilon=1e-2), 6, 1
    if op == "GroupNormalization":
        return op, [f(*shape), f(4), f(4)], {"num_groups": one(1, 2, 4)}, 21, 1
    if op == "LayerNormalization":
        axis = int(R.randint(-3, 3))
        rest = (2, 3, 4)[axis:]
        return op, [f(2, 3, 4), f(*rest)] + one([], [f(*rest)]), {"axis": axis, **some(0.5, epsilon=0.1)}, 17, 1
    if op == "LRN":
        return op, [f(2, 6, 3, 3)], {"size": one(1, 2, 3, 5), **some(0.5, alpha=0.5, beta=0.6, bias=1.5)}, 13, 1
    return (op, [f(3, 4)], {"p": one(1, 2), "axis": one(0, -1)}, 1, 1) if op == "LpNormalization" else (op, [f(2, 3, 4, 5)], some(0.5, axes=[1, 3]), 13, 1)


def recurrent():
    op, gates = one(("RNN", 1), ("GRU", 3), ("LSTM", 4))
    direction = one("forward", "reverse", "bidirectional")
    d, hidden = 2 if direction == "bidirectional" else 1, 3
    inputs = [f(4, 3, 2), f(d, gates * hidden, 2), f(d, gates * hidden, hidden), one(None, f(d, 2 * gates * hidden)), one(None, np.array([4, 2, 3], "i4")), one(None, f(d, 3, hidden))]
    if op == "LSTM":
        inputs += [None if inputs[-1] is None else f(d, 3, hidden), one(None, f(d, 3 * hidden))]
    return op, inputs, {"hidden_size": hidden, "direction": direction, **some(0.3, clip=0.5), **(some(0.5, linear_before_reset=1) if op == "GRU" else {})}, 14, 3 if op == "LSTM" else 2


def pictures():
    op = one("Resize", "Resize", "Resize", "GridSample", "AffineGrid", "RoiAlign")
    if op == "Resize":
        mode, where = one("nearest", "linear", "cubic"), one("half_pixel", "pytorch_half_pixel", "align_corners", "asymmetric")
        attributes = {"mode": mode, "coordinate_transformation_mode": where, **({"nearest_mode": one("round_prefer_floor", "round_prefer_ceil", "floor", "ceil")} if mode == "nearest" else {}), **(some(0.5, cubic_coeff_a=-0.5) if mode == "cubic" else {})}
        x = f(1, 1, one(4, 5), one(3, 6))
        if R.rand() < 0.5 and where != "align_corners":
            return op, [x, None, np.array([1, 1, one(0.5, 0.75, 2, 2.5), one(0.5, 0.625, 1.75, 3)], "f4")], attributes, one(13, 18), 1, (2,)
        return op, [x, None, None, i64(1, 1, one(1, 2, 7, 8), one(1, 3, 5, 9))], attributes, one(13, 18), 1, (3,)
    if op == "GridSample":
        return op, [f(2, 2, 4, 5), (R.rand(2, 3, 4, 2) * 3.6 - 1.8).astype("f4")], {"mode": one("linear", "nearest", "cubic"), "padding_mode": one("zeros", "border", "reflection"), "align_corners": one(0, 1)}, 20, 1
    if op == "AffineGrid":
        return one((op, [f(2, 2, 3), i64(2, 1, 3, 4)], {"align_corners": one(0, 1)}, 20, 1), (op, [f(2, 3, 4), i64(2, 1, 2, 3, 4)], {"align_corners": one(0, 1)}, 20, 1))
    boxes = np.array([[0, 0, 9, 9], [1.5, 2.3, 6.1, 7.8], [3, 3, 3.2, 3.4]], "f4")
    return op, [f(2, 2, 8, 9), boxes, i64(0, 1, 1)], {"mode": "avg", "output_height": 3, "output_width": 2, "sampling_ratio": one(0, 2), "spatial_scale": one(1.0, 0.5)}, 16, 1


def quantised():
    kind = one("uint8", "int8")
    low, high = (0, 250) if kind == "uint8" else (-120, 120)
    op = one("QuantizeLinear", "DequantizeLinear", "DynamicQuantizeLinear")
    if op == "DynamicQuantizeLinear":
        return op, [f(3, 4) + np.float32(one(0, 5, -5))], {}, 11, 3
    scale, zero = one((np.array(0.5, "f4"), np.array(3, kind)), ((R.rand(3) + 0.1).astype("f4"), np.array([3, 0, 5], kind)))
    return op, [f(2, 3, 4) * 30 if op == "QuantizeLinear" else whole(kind, low, high, 2, 3, 4), scale, zero], {"axis": 1}, 21, 1


FAMILIES = [elementwise, elementwise, elementwise, movements, movements, indexing, reductions, products, windows, windows, normalisations, recurrent, pictures, quantised]


def draw(seed, count):
    R.seed(seed)
    for _ in range(count):
        call = FAMILIES[R.randint(len(FAMILIES))]()
        yield call if len(call) == 6 else (*call, ())
