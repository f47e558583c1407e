import numpy as np
import torch
from scipy import linalg

from work import Work


def _error(x, *parts):
    """Largest backward error of some, each relative to the matrix."""
    scale = np.linalg.norm(x.astype(np.float64))
    return max(float(np.linalg.norm(part) / scale) for part in parts)


def _wide(results):
    return [np.asarray(result, np.float64) for result in results]


def cholesky(x):
    t = torch.from_numpy(x)

    def error(results):
        (l,) = _wide(results)
        return _error(x, l @ l.T - x, np.triu(l, 1))
    return Work({"torch": lambda: torch.linalg.cholesky(t), "numpy": lambda: np.linalg.cholesky(x), "scipy": lambda: linalg.cholesky(x, lower=True, check_finite=False)}, error=error)


def qr(x):
    t = torch.from_numpy(x)

    def error(results):
        q, r = _wide(results)
        return max(_error(x, q @ r - x, np.tril(r, -1)), float(np.abs(q.T @ q - np.eye(len(q))).max()))
    return Work({"torch": lambda: list(torch.linalg.qr(t)), "numpy": lambda: np.linalg.qr(x), "scipy": lambda: linalg.qr(x, mode="economic", check_finite=False)}, error=error)


def svd(x):
    t = torch.from_numpy(x)

    def error(results):
        u, s, vh = _wide(results)
        return max(_error(x, u * s @ vh - x), float(np.abs(u.T @ u - np.eye(len(u))).max()), float(np.abs(vh @ vh.T - np.eye(len(vh))).max()))
    return Work({"torch": lambda: list(torch.linalg.svd(t)), "numpy": lambda: np.linalg.svd(x), "scipy": lambda: linalg.svd(x, check_finite=False)}, error=error)


def eigh(x):
    t = torch.from_numpy(x)

    def error(results):
        w, v = _wide(results)
        return max(_error(x, v * w @ v.T - x), float(np.abs(v.T @ v - np.eye(len(v))).max()))
    return Work({"torch": lambda: list(torch.linalg.eigh(t)), "numpy": lambda: np.linalg.eigh(x), "scipy": lambda: linalg.eigh(x, check_finite=False, driver="evd")}, error=error)


def inv(x):
    t = torch.from_numpy(x)

    def error(results):
        (y,) = _wide(results)
        return float(np.abs(y @ x - np.eye(len(x))).max())
    return Work({"torch": lambda: torch.linalg.inv(t), "numpy": lambda: np.linalg.inv(x), "scipy": lambda: linalg.inv(x, check_finite=False)}, error=error)
