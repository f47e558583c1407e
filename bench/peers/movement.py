import numpy as np
import torch

from work import Work


def sort(x):
    t, n = torch.from_numpy(x), x.copy()

    def reused():
        n[...] = x
        n.sort(-1)
        return n
    return Work({"numpy": lambda: np.sort(x, -1), "torch": lambda: torch.sort(t, -1)[0]}, lambda: np.sort(x, -1), {"numpy": reused})


def argsort(x):
    t = torch.from_numpy(x)
    return Work({"numpy": lambda: np.argsort(x, -1), "torch": lambda: torch.argsort(t, -1)}, lambda: np.argsort(x, -1, kind="stable"))


def topk(x, k):
    t = torch.from_numpy(x)
    values, indices = torch.topk(t, k)

    def numpy():
        some = np.argpartition(x, -k, -1)[..., -k:]
        of = np.take_along_axis(x, some, -1)
        order = np.argsort(-of, -1)
        return [np.take_along_axis(of, order, -1), np.take_along_axis(some, order, -1)]

    def exact():
        order = np.argsort(-x, -1, kind="stable")[..., :k]
        return [np.take_along_axis(x, order, -1), order]
    return Work({"torch": lambda: list(torch.topk(t, k)), "numpy": numpy}, exact, {"torch": lambda: list(torch.topk(t, k, out=(values, indices)))})


def cumsum(x, axis):
    t, n = torch.from_numpy(x), np.empty_like(x)
    out = torch.empty_like(t)
    return Work({"torch": lambda: torch.cumsum(t, axis), "numpy": lambda: np.cumsum(x, axis)}, lambda: np.cumsum(x, axis, dtype=np.float64),
                {"torch": lambda: torch.cumsum(t, axis, out=out), "numpy": lambda: np.cumsum(x, axis, out=n)})


def take(x, i):
    t, ti = torch.from_numpy(x), torch.from_numpy(i).long()
    out, n = t[ti], x[i]
    return Work({"torch": lambda: torch.index_select(t, 0, ti), "torch embedding": lambda: torch.nn.functional.embedding(ti, t), "numpy": lambda: np.take(x, i, 0)}, lambda: x[i],
                {"torch": lambda: torch.index_select(t, 0, ti, out=out), "numpy": lambda: np.take(x, i, 0, out=n, mode="clip")})


def take_along(x, i):
    t, ti = torch.from_numpy(x), torch.from_numpy(i).long()
    out = torch.gather(t, 1, ti)
    return Work({"torch": lambda: torch.gather(t, 1, ti), "numpy": lambda: np.take_along_axis(x, i, 1)}, lambda: np.take_along_axis(x, i, 1), {"torch": lambda: torch.gather(t, 1, ti, out=out)})


def index_add(x, i, v):
    t, ti, tv = torch.from_numpy(x), torch.from_numpy(i).long(), torch.from_numpy(v)
    reused = t.clone()

    def exact():
        sums = x.astype(np.float64)
        np.add.at(sums, i, v)
        return sums
    return Work({"torch": lambda: torch.index_add(t, 0, ti, tv)}, exact, {"torch": lambda: torch.index_add(t, 0, ti, tv, out=reused)})


def transpose(x):
    t = torch.from_numpy(x)
    out, n = torch.empty(x.shape[::-1]), np.empty(x.shape[::-1], x.dtype)

    def numpy_reused():
        np.copyto(n, x.T)
        return n
    return Work({"torch": lambda: t.t().contiguous(), "numpy": lambda: np.ascontiguousarray(x.T)}, lambda: x.T, {"torch": lambda: out.copy_(t.t()), "numpy": numpy_reused})


def nhwc(x):
    t = torch.from_numpy(x).permute(0, 2, 3, 1)
    out = torch.empty(t.shape)
    return Work({"torch": lambda: t.contiguous(), "numpy": lambda: np.ascontiguousarray(x.transpose(0, 2, 3, 1))}, lambda: x.transpose(0, 2, 3, 1), {"torch": lambda: out.copy_(t)})


def concat(*parts, axis=0):
    tensors = [torch.from_numpy(part) for part in parts]
    out, n = torch.cat(tensors, axis), np.concatenate(parts, axis)
    return Work({"torch": lambda: torch.cat(tensors, axis), "numpy": lambda: np.concatenate(parts, axis)}, lambda: np.concatenate(parts, axis),
                {"torch": lambda: torch.cat(tensors, axis, out=out), "numpy": lambda: np.concatenate(parts, axis, out=n)})
