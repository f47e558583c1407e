import numpy as np
import torch

from work import Work


def _chain(x, y, operations, relu):
    z = x
    for i in range(operations):
        kind = i % 4
        z = z * y if kind == 0 else z + 0.5 if kind == 1 else relu(z) if kind == 2 else z - y
    return z


def _exact(x, y, operations):
    return _chain(x.astype(np.float64), y.astype(np.float64), operations, lambda z: np.maximum(z, 0))


def torch_chain(x, y, operations):
    tx, ty = torch.from_numpy(x), torch.from_numpy(y)

    def call():
        with torch.inference_mode():
            return _chain(tx, ty, operations, torch.relu)
    return Work({"torch": call}, lambda: _exact(x, y, operations))


def numpy_chain(x, y, operations):
    half, zero = np.float32(0.5), np.float32(0)

    def call():
        z = x
        for i in range(operations):
            kind = i % 4
            z = z * y if kind == 0 else z + half if kind == 1 else np.maximum(z, zero) if kind == 2 else z - y
        return z
    return Work({"numpy": call}, lambda: _exact(x, y, operations))
