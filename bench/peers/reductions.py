import numpy as np
import torch

from work import Work


def _reduce(x, axis, name, exact):
    t = torch.from_numpy(x)
    of_torch, of_numpy = getattr(torch, name), getattr(np, name)
    dim = {} if axis is None else {"dim": axis}
    n = of_numpy(x, axis=axis)
    work = Work({"torch": lambda: of_torch(t, **dim), "numpy": lambda: of_numpy(x, axis=axis)}, exact)
    if axis is not None:
        to = of_torch(t, **dim)
        work.out = {"torch": lambda: of_torch(t, dim=axis, out=to), "numpy": lambda: of_numpy(x, axis=axis, out=n)}
    return work


def sum(x, axis=None):
    return _reduce(x, axis, "sum", lambda: np.sum(x, axis=axis, dtype=np.float64))


def mean(x, axis=None):
    return _reduce(x, axis, "mean", lambda: np.mean(x, axis=axis, dtype=np.float64))


def argmax(x, axis=None):
    return _reduce(x, axis, "argmax", lambda: np.argmax(x, axis=axis))
