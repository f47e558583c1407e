import numpy as np
import torch
from scipy import special

from work import Work


def _one(x, of_torch, of_numpy, exact):
    t, n, to = torch.from_numpy(x), np.empty_like(x), torch.empty(x.shape)
    new = {"torch": lambda: of_torch(t)}
    out = {"torch": lambda: of_torch(t, out=to)} if of_torch is not torch.nn.functional.gelu else {}
    if of_numpy:
        new["numpy"] = lambda: of_numpy(x)
        out["numpy"] = lambda: of_numpy(x, out=n)
    return Work(new, lambda: exact(x.astype(np.float64)), out)


def exp(x):
    return _one(x, torch.exp, np.exp, np.exp)


def tanh(x):
    return _one(x, torch.tanh, np.tanh, np.tanh)


def sigmoid(x):
    return _one(x, torch.sigmoid, special.expit, special.expit)


def log(x):
    return _one(x, torch.log, np.log, np.log)


def sin(x):
    return _one(x, torch.sin, np.sin, np.sin)


def _gelu(x):
    return 0.5 * x * (1 + special.erf(x / np.sqrt(2)))


def gelu(x):
    return _one(x, torch.nn.functional.gelu, None, _gelu)


# Eager: the expression as it is written. out=: what a careful user can make of it, addcmul too.
def gelu_chain(x, w, b):
    tx, tw, tb = map(torch.from_numpy, (x, w, b))
    to = torch.empty(x.shape)

    def reused():
        torch.mul(tx, tw, out=to)
        to.add_(tb)
        return torch._C._nn.gelu(to, out=to)

    return Work(
        {"torch": lambda: torch.nn.functional.gelu(tx * tw + tb)},
        lambda: _gelu(x.astype(np.float64) * w + b),
        {"torch": reused, "torch addcmul": lambda: torch._C._nn.gelu(torch.addcmul(tb, tx, tw, out=to), out=to)})


def relu_chain(x, w, b):
    tx, tw, tb = map(torch.from_numpy, (x, w, b))
    to, no = torch.empty(x.shape), np.empty_like(x)

    def reused():
        torch.mul(tx, tw, out=to)
        to.add_(tb)
        return to.relu_()

    def numpy_reused():
        np.multiply(x, w, out=no)
        np.add(no, b, out=no)
        return np.maximum(no, 0, out=no)

    return Work(
        {"torch": lambda: torch.relu(tx * tw + tb), "numpy": lambda: np.maximum(x * w + b, 0)},
        lambda: np.maximum(x.astype(np.float64) * w + b, 0),
        {"torch": reused, "torch addcmul": lambda: torch.addcmul(tb, tx, tw, out=to).relu_(), "numpy": numpy_reused})
