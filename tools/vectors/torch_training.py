"""Values of PyTorch for activations, losses, optimizers and schedules, as JSON.

Run:  python3 tools/vectors/torch_training.py > tests/Ashlar.Learn.Tests/Vectors/torch_training.json
Made with PyTorch 1.13.1 on one thread. All inputs are multiples of 1/64, so they are exact in float32 and in the file.
"""
import json
import math
import torch

torch.set_num_threads(1)
F = torch.nn.functional
state = 4711


def draw(*shape, scale=1.0):
    """Multiples of scale/64 in [-2, 2) · scale from a linear congruential generator."""
    global state
    values = []
    for _ in range(int(math.prod(shape))):
        state = (state * 1103515245 + 12345) % 2**31
        values.append(((state >> 8) % 256 - 128) / 64 * scale)
    return torch.tensor(values).reshape(shape)


def numbers(tensor):
    return {"shape": list(tensor.shape), "values": [float(v) for v in tensor.detach().reshape(-1)]}


def activation(name, function, *shape, extra=()):
    # Wide enough for every piece; the last values stand far out.
    x = draw(*shape, scale=2.53125)
    x.reshape(-1)[-2:] = torch.tensor([-30.0, 40.0])
    x = x.requires_grad_()
    y = function(x)
    dy = draw(*y.shape)
    y.backward(dy)
    return name, {"x": numbers(x), "y": numbers(y), "dy": numbers(dy), "dx": numbers(x.grad)}


def loss(name, function, *inputs, differentiable=1):
    inputs = [i.clone() for i in inputs]
    for i in inputs[:differentiable]:
        i.requires_grad_()
    value = function(*inputs)
    value.sum().backward()
    return name, {"inputs": [numbers(i.float()) for i in inputs], "value": numbers(value), "gradients": [numbers(i.grad) for i in inputs[:differentiable]]}


signs = lambda *shape: torch.sign(draw(*shape) + 1 / 128)
unit = lambda *shape: (draw(*shape) + 2.015625) / 4.03125
labels = torch.tensor([2, 0, 4, 1])
plane = torch.tensor([[2, 0, 4], [1, -100, 3]])
weight = torch.tensor([0.5, 1.0, 2.0, 0.25, 1.5])
soft = lambda: torch.softmax(draw(4, 5), 1)
multi = torch.tensor([[1., 0, 1, 0, 0], [0, 0, 0, 0, 1], [0, 0, 0, 0, 0], [0, 1, 1, 1, 0]])


def multilabel(x, y):
    lists = torch.full(y.shape, -1, dtype=torch.long)
    for row in range(y.shape[0]):
        found = torch.nonzero(y[row]).reshape(-1)
        lists[row, :len(found)] = found
    return lists


activations = dict([
    activation("ReLU6", F.relu6, 6, 8), activation("LeakyReLU", F.leaky_relu, 6, 8),
    activation("LeakyReLU(0.25)", lambda x: F.leaky_relu(x, 0.25), 6, 8),
    activation("PReLU", lambda x: F.prelu(x, torch.tensor([0.25, 0.5, -0.5])), 4, 3, 4),
    activation("RReLU in evaluation", lambda x: F.rrelu(x, 0.125, 0.375), 6, 8),
    activation("ELU", F.elu, 6, 8), activation("ELU(0.5)", lambda x: F.elu(x, 0.5), 6, 8), activation("SELU", F.selu, 6, 8),
    activation("CELU(0.75)", lambda x: F.celu(x, 0.75), 6, 8), activation("GELU", F.gelu, 6, 8),
    activation("GELU with tanh", lambda x: F.gelu(x, approximate="tanh"), 6, 8), activation("SiLU", F.silu, 6, 8), activation("Mish", F.mish, 6, 8),
    activation("Softplus", F.softplus, 6, 8), activation("Softplus(2.5)", lambda x: F.softplus(x, 2.5), 6, 8), activation("Softsign", F.softsign, 6, 8),
    activation("Softshrink", F.softshrink, 6, 8), activation("Hardshrink(0.75)", lambda x: F.hardshrink(x, 0.75), 6, 8), activation("Tanhshrink", F.tanhshrink, 6, 8),
    activation("Hardtanh(-2, 3)", lambda x: F.hardtanh(x, -2, 3), 6, 8), activation("Hardsigmoid", F.hardsigmoid, 6, 8), activation("Hardswish", F.hardswish, 6, 8),
    activation("Sigmoid", torch.sigmoid, 6, 8), activation("LogSigmoid", F.logsigmoid, 6, 8), activation("Tanh", torch.tanh, 6, 8),
    activation("Threshold(0.5, -2)", lambda x: F.threshold(x, 0.5, -2), 6, 8), activation("GLU", F.glu, 6, 8), activation("GLU(0)", lambda x: F.glu(x, 0), 6, 8),
    activation("GEGLU", lambda x: x.chunk(2, -1)[0] * F.gelu(x.chunk(2, -1)[1]), 6, 8), activation("SwiGLU", lambda x: x.chunk(2, -1)[0] * F.silu(x.chunk(2, -1)[1]), 6, 8),
    activation("Softmax", lambda x: F.softmax(x, -1), 6, 8), activation("Softmax(0)", lambda x: F.softmax(x, 0), 6, 8), activation("LogSoftmax", lambda x: F.log_softmax(x, -1), 6, 8),
    activation("Softmin", lambda x: F.softmin(x, -1), 6, 8), activation("Softmax2d", lambda x: F.softmax(x, -3), 2, 3, 2, 4),
    activation("Maxout(3)", lambda x: x.reshape(4, 4, 3).max(-1)[0], 4, 12),
])

losses = dict([
    loss("cross entropy, weights", lambda z: F.cross_entropy(z, labels, weight), draw(4, 5)),
    loss("cross entropy, weights, smoothing", lambda z: F.cross_entropy(z, labels, weight, label_smoothing=0.25), draw(4, 5)),
    loss("cross entropy, sum", lambda z: F.cross_entropy(z, labels, weight, reduction="sum"), draw(4, 5)),
    loss("cross entropy, none", lambda z: F.cross_entropy(z, labels, weight, reduction="none", label_smoothing=0.125), draw(4, 5)),
    loss("cross entropy, ignored", lambda z: F.cross_entropy(z, torch.tensor([2, 1, 4, 1]), ignore_index=1), draw(4, 5)),
    loss("cross entropy, all", lambda z: F.cross_entropy(z, plane, weight, ignore_index=-100, label_smoothing=0.25), draw(2, 5, 3)),
    loss("cross entropy, plane, none", lambda z: F.cross_entropy(z, plane, weight, ignore_index=-100, reduction="none"), draw(2, 5, 3)),
    loss("cross entropy, probabilities", lambda z, p: F.cross_entropy(z, p), draw(4, 5), soft(), differentiable=2),
    loss("cross entropy, probabilities, all", lambda z, p: F.cross_entropy(z, p, weight, label_smoothing=0.25), draw(4, 5), soft()),
    loss("cross entropy, one", lambda z: F.cross_entropy(z, torch.tensor(3)), draw(5)),
    loss("nll", lambda z: F.nll_loss(z, labels), draw(4, 5)),
    loss("nll, all", lambda z: F.nll_loss(z, plane, weight, ignore_index=-100), draw(2, 5, 3)),
    loss("mse, sum", lambda x, y: F.mse_loss(x, y, reduction="sum"), draw(3, 4), draw(3, 4)),
    loss("l1", F.l1_loss, draw(3, 4), draw(3, 4)),
    loss("smooth l1", F.smooth_l1_loss, draw(3, 4), draw(3, 4)),
    loss("smooth l1, beta", lambda x, y: F.smooth_l1_loss(x, y, beta=0.5, reduction="none"), draw(3, 4), draw(3, 4)),
    loss("huber", lambda x, y: F.huber_loss(x, y, delta=0.75), draw(3, 4), draw(3, 4)),
    loss("poisson", F.poisson_nll_loss, draw(3, 4), draw(3, 4).abs()),
    loss("poisson, full", lambda x, y: F.poisson_nll_loss(x, y, log_input=False, full=True), draw(3, 4).abs(), draw(3, 4).abs() * 2),
    loss("gaussian", F.gaussian_nll_loss, draw(3, 4), draw(3, 4), unit(3, 4) + 0.25, differentiable=3),
    loss("gaussian, full", lambda x, y, v: F.gaussian_nll_loss(x, y, v, full=True, reduction="sum"), draw(3, 4), draw(3, 4), unit(3, 1) + 0.25, differentiable=3),
    loss("bce", F.binary_cross_entropy, unit(3, 4), unit(3, 4)),
    loss("bce, weight", lambda x, y, w: F.binary_cross_entropy(x, y, w, reduction="sum"), unit(3, 4), unit(3, 4), unit(4)),
    loss("bce with logits", F.binary_cross_entropy_with_logits, draw(3, 4, scale=8), unit(3, 4)),
    loss("bce with logits, all", lambda x, y, w, p: F.binary_cross_entropy_with_logits(x, y, w, pos_weight=p), draw(3, 4, scale=8), unit(3, 4), unit(4), unit(4) * 3),
    loss("kl", lambda q, p: F.kl_div(q, p, reduction="batchmean"), draw(4, 5), soft(), differentiable=2),
    loss("kl, log target, mean", lambda q, p: F.kl_div(q, p, log_target=True), draw(4, 5), draw(4, 5), differentiable=2),
    loss("hinge", lambda x, y: torch.clamp(1 - x * y, min=0).mean(), draw(3, 4), signs(3, 4)),
    loss("hinge embedding", lambda x, y: F.hinge_embedding_loss(x, y, margin=1.5), draw(3, 4), signs(3, 4)),
    loss("soft margin", F.soft_margin_loss, draw(3, 4, scale=8), signs(3, 4)),
    loss("multi margin", lambda x: F.multi_margin_loss(x, labels), draw(4, 5)),
    loss("multi margin, all", lambda x: F.multi_margin_loss(x, labels, p=2, margin=0.75, weight=weight, reduction="sum"), draw(4, 5)),
    loss("multi label margin", lambda x, y: F.multilabel_margin_loss(x, multilabel(x, y)), draw(4, 5), multi),
    loss("multi label soft margin", lambda x, y: F.multilabel_soft_margin_loss(x, y, weight), draw(4, 5), multi),
    loss("margin ranking", lambda a, b, y: F.margin_ranking_loss(a, b, y, margin=0.5), draw(3, 4), draw(3, 4), signs(3, 4), differentiable=2),
    loss("cosine embedding", lambda a, b, y: F.cosine_embedding_loss(a, b, y, margin=0.1), draw(4, 5), draw(4, 5), signs(4), differentiable=2),
    loss("triplet", lambda a, p, n: F.triplet_margin_loss(a, p, n), draw(4, 5), draw(4, 5), draw(4, 5), differentiable=3),
    loss("triplet, swap", lambda a, p, n: F.triplet_margin_loss(a, p, n, margin=2, swap=True, reduction="none"), draw(4, 5), draw(4, 5), draw(4, 5), differentiable=3),
])

print(json.dumps({"activations": activations, "losses": losses}, separators=(",", ":")))
