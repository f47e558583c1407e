import os

import numpy as np
import torch
from scipy import fft as scipy_fft

from work import Work

_WORKERS = int(os.environ["OMP_NUM_THREADS"])


def _work(x, name):
    t = torch.from_numpy(x)
    of_torch, of_scipy = getattr(torch.fft, name), getattr(scipy_fft, name)
    out = of_torch(t)
    wide = x.astype(np.complex128 if np.iscomplexobj(x) else np.float64)
    exact = (lambda: of_scipy(wide)) if x.dtype in (np.float32, np.complex64) else (lambda: of_scipy(wide.astype(np.clongdouble)))
    return Work({"torch": lambda: of_torch(t), "scipy": lambda: of_scipy(x, workers=_WORKERS)}, exact, {"torch": lambda: of_torch(t, out=out)})


def fft(x):
    return _work(x, "fft")


def rfft(x):
    return _work(x, "rfft")


def irfft(x):
    return _work(x, "irfft")


def fft2(x):
    return _work(x, "fft2")
