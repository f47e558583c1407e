import numpy as np
import torch

import onnx_runtime
from work import Work


def matmul(a, b):
    ta, tb = torch.from_numpy(a), torch.from_numpy(b)
    n, t = np.matmul(a, b), torch.matmul(ta, tb)
    large = a.dtype == np.float32 and a.ndim == 2 and min(a.shape) >= 256
    return Work(
        new={"torch": lambda: torch.matmul(ta, tb), "numpy": lambda: np.matmul(a, b)} | (onnx_runtime.way("MatMul", {"a": a, "b": b}) if large else {}),
        out={"torch": lambda: torch.matmul(ta, tb, out=t), "numpy": lambda: np.matmul(a, b, out=n)},
        exact=lambda: np.matmul(a.astype(np.longdouble if a.dtype == np.float64 and a.size <= 1 << 16 else np.float64), b.astype(np.float64)))


def matmul_transposed(a, w):
    ta, tw = torch.from_numpy(a), torch.from_numpy(w)
    n, t = np.matmul(a, w.T), torch.matmul(ta, tw.T)
    return Work(
        new={"torch": lambda: torch.nn.functional.linear(ta, tw), "numpy": lambda: np.matmul(a, w.T)},
        out={"torch": lambda: torch.matmul(ta, tw.T, out=t), "numpy": lambda: np.matmul(a, w.T, out=n)},
        exact=lambda: a.astype(np.float64) @ w.astype(np.float64).T)


def linear(x, w, b):
    tx, tw, tb = map(torch.from_numpy, (x, w, b))
    layer = torch.nn.Linear(*w.shape[::-1])
    with torch.no_grad():
        layer.weight.copy_(tw)
        layer.bias.copy_(tb)

    def inference():
        with torch.inference_mode():
            return layer(tx)
    return Work(
        new={"torch": inference, "numpy": lambda: x @ w.T + b} | onnx_runtime.way("Gemm", {"x": x}, {"w": w, "b": b}, transB=1),
        exact=lambda: x.astype(np.float64) @ w.astype(np.float64).T + b)
