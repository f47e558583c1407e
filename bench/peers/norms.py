import torch
from torch.nn import functional as F

import onnx_runtime
from work import Work


def _tensors(*arrays):
    return [torch.from_numpy(array) for array in arrays]


def _doubles(*arrays):
    return [torch.from_numpy(array).double() for array in arrays]


def _with_gradients(f, tensors, gradient):
    """The function's value and its gradients, forward and backward each time."""
    leaves = [tensor.requires_grad_() for tensor in tensors]

    def call():
        y = f(*leaves)
        return [y, *torch.autograd.grad(y, leaves, gradient)]
    return call


def _gradients(f, arrays, gradient):
    return Work({"torch": _with_gradients(f, _tensors(*arrays), torch.from_numpy(gradient))}, _with_gradients(f, _doubles(*arrays), torch.from_numpy(gradient).double()))


def softmax(x):
    t = torch.from_numpy(x)
    out = torch.empty_like(t)
    return Work({"torch": lambda: torch.softmax(t, -1)} | onnx_runtime.way("Softmax", {"x": x}, axis=-1), lambda: torch.softmax(t.double(), -1), {"torch": lambda: torch._softmax(t, -1, False, out=out)})


def softmax_gradient(x, g):
    return _gradients(lambda t: torch.softmax(t, -1), [x], g)


def _layer_norm(x, w, b):
    return F.layer_norm(x, x.shape[-1:], w, b)


def layer_norm(x, w, b):
    tensors = _tensors(x, w, b)
    return Work({"torch": lambda: _layer_norm(*tensors)} | onnx_runtime.way("LayerNormalization", {"x": x}, {"w": w, "b": b}, axis=-1, epsilon=1e-5), lambda: _layer_norm(*_doubles(x, w, b)))


def layer_norm_gradients(x, w, b, g):
    return _gradients(_layer_norm, [x, w, b], g)


def cross_entropy(x, target):
    y = torch.from_numpy(target).long()

    def of(t):
        t.requires_grad_()

        def call():
            loss = F.cross_entropy(t, y)
            return [loss, *torch.autograd.grad(loss, [t])]
        return call
    return Work({"torch": of(torch.from_numpy(x))}, of(torch.from_numpy(x).double()))


def _batch_norm(x, w, b):
    return F.batch_norm(x, None, None, w, b, training=True)


def batch_norm(x, w, b):
    tensors = _tensors(x, w, b)
    return Work({"torch": lambda: _batch_norm(*tensors)}, lambda: _batch_norm(*_doubles(x, w, b)))


def batch_norm_gradients(x, w, b, g):
    return _gradients(_batch_norm, [x, w, b], g)
