import torch
from torch.nn import functional as F

import onnx_runtime
from work import Work


def _both_layouts(call, x, w, *rest):
    """PyTorch's two layouts of images in memory: [N, C, H, W], and the same with channels last."""
    def ways(layout):
        tensors = [tensor.contiguous(memory_format=layout) for tensor in (x, w, *rest)]
        return lambda: call(*tensors)
    return {"torch": ways(torch.contiguous_format), "torch channels last": ways(torch.channels_last)}


def _work(call, *arrays):
    tensors = [torch.from_numpy(array) for array in arrays]
    return Work(_both_layouts(call, *tensors), lambda: call(*[tensor.double() for tensor in tensors]))


def forward(x, w, stride, padding, groups):
    work = _work(lambda x, w: F.conv2d(x, w, None, stride, padding, 1, groups), x, w)
    work.new |= onnx_runtime.way("Conv", {"x": x}, {"w": w}, strides=[stride] * 2, pads=[padding] * 4, group=groups)
    return work


def _backward(which, stride, padding, groups):
    mask = [which == 0, which == 1, False]
    return lambda x, w, g: torch.ops.aten.convolution_backward(g, x, w, None, [stride] * 2, [padding] * 2, [1, 1], False, [0, 0], groups, mask)[which]


def input_gradient(x, w, g, stride, padding, groups):
    return _work(_backward(0, stride, padding, groups), x, w, g)


def weight_gradient(x, w, g, stride, padding, groups):
    return _work(_backward(1, stride, padding, groups), x, w, g)
