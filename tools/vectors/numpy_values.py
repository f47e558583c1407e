"""Values of NumPy for products, convolution, pooling and broadcasting, as JSON.

Run:  python3 tools/vectors/numpy_values.py > tests/Ashlar.Tests/Vectors/numpy_values.json
Made with NumPy 1.24.2. Inputs are multiples of 1/8 in [-2, 2): all sums and products are exact, so the order of additions does not matter.
"""
import itertools
import json
import numpy as np

state = 777


def draw(*shape):
    global state
    values = []
    for _ in range(int(np.prod(shape))):
        state = (state * 1103515245 + 12345) % 2**31
        values.append(((state >> 8) % 32 - 16) / 8)
    return np.array(values).reshape(shape)


def case(result, *inputs, **settings):
    return {"inputs": [numbers(i) for i in inputs], "result": numbers(result), **settings}


def numbers(array):
    return {"shape": list(array.shape), "values": [float(v) for v in np.asarray(array).reshape(-1)]}


def conv(x, w, stride, padding, dilation):
    x = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])
    rows, columns = ((w.shape[2 + a] - 1) * dilation + 1 for a in (0, 1))
    views = np.lib.stride_tricks.sliding_window_view(x, (rows, columns), (2, 3))[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return np.einsum("nchwij,ocij->nohw", views, w)


def pool(x, window, stride, padding, kind):
    fill = {"Max": -np.inf, "Min": np.inf, "Sum": 0}[kind]
    x = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)], constant_values=fill)
    views = np.lib.stride_tricks.sliding_window_view(x, (window, window), (2, 3))[:, :, ::stride, ::stride]
    return {"Max": np.max, "Min": np.min, "Sum": np.sum}[kind](views, (4, 5))


record = {"matmul": [], "conv": [], "pool": [], "add": []}
for a, b in [((3, 4), (4, 2)), ((4,), (4, 2)), ((3, 4), (4,)), ((4,), (4,)), ((2, 3, 4), (4, 2)), ((2, 1, 3, 4), (5, 4, 2)), ((4,), (2, 4, 3))]:
    a, b = draw(*a), draw(*b)
    record["matmul"].append(case(np.matmul(a, b), a, b))
for stride, padding, dilation in [(1, 0, 1), (2, 1, 1), (1, 2, 2), (3, 1, 2)]:
    x, w = draw(2, 2, 6, 7), draw(3, 2, 3, 2)
    record["conv"].append(case(conv(x, w, stride, padding, dilation), x, w, stride=stride, padding=padding, dilation=dilation))
for kind, window, stride, padding in itertools.product(("Max", "Min", "Sum"), (2, 3), (1, 2), (0, 1)):
    x = draw(1, 2, 5, 4)
    record["pool"].append(case(pool(x, window, stride, padding, kind), x, kind=kind, window=window, stride=stride, padding=padding))
for a, b in [((2, 3), (3,)), ((2, 1), (1, 3)), ((), (2, 2)), ((4, 1, 2), (3, 1)), ((0, 2), (1, 2))]:
    a, b = draw(*a), draw(*b)
    record["add"].append(case(a + b, a, b))
print(json.dumps(record, separators=(",", ":")))
