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


transcript = torch.tensor([[1, 1, 2], [3, 2, 2], [2, 0, 0]])


def speech(*shape):
    """Drawn apart from the rest, so that the other records stay as they are."""
    return torch.tensor([((37 * i * i + 11 * i) % 256 - 128) / 64 for i in range(math.prod(shape))]).reshape(shape)


def ctc(lengths, blank=0, **given):
    """Of logits; targets of 3, 3 and 1 labels, which come under another number where the blank is the last class."""
    labels = transcript if blank == 0 else transcript - 1
    lengths = torch.tensor(lengths or [7, 7, 7])
    return lambda z: F.ctc_loss(F.log_softmax(z, 2), labels.clamp(min=0), lengths, torch.tensor([3, 3, 1]), blank=blank, **given)


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
    loss("ctc", ctc(None), speech(7, 3, 5)),
    loss("ctc, none", ctc(None, reduction="none"), speech(7, 3, 5)),
    loss("ctc, blank, sum", ctc(None, blank=4, reduction="sum"), speech(7, 3, 5)),
    loss("ctc, lengths", ctc([7, 4, 5]), speech(7, 3, 5)),
    loss("ctc, impossible", ctc([7, 3, 2], zero_infinity=True, reduction="none"), speech(7, 3, 5)),
    loss("triplet, swap", lambda a, p, n: F.triplet_margin_loss(a, p, n, margin=2, swap=True, reduction="none"), draw(4, 5), draw(4, 5), draw(4, 5), differentiable=3),
])



def optimizer(make, steps=8, closure=False):
    """Fits tanh(x w) + b to y; the parameters after each step."""
    global state
    state = 99
    x, y = draw(5, 3), draw(5, 4)
    w, b = (draw(3, 4) / 2).requires_grad_(), draw(4).requires_grad_()
    record = {"x": numbers(x), "y": numbers(y), "w": numbers(w), "b": numbers(b), "steps": []}
    rule = make([w, b])

    def evaluate():
        rule.zero_grad()
        loss = ((torch.tanh(x @ w) + b - y) ** 2).mean()
        loss.backward()
        return loss

    for _ in range(steps):
        if closure:
            rule.step(evaluate)
        else:
            evaluate()
            clip(rule)
            rule.step()
        record["steps"].append({"w": numbers(w), "b": numbers(b)})
    return record


def clip(rule):
    parameters = [p for group in rule.param_groups for p in group["params"]]
    if rule.defaults.get("clip_value"):
        torch.nn.utils.clip_grad_value_(parameters, rule.defaults["clip_value"])
    if rule.defaults.get("clip_norm"):
        torch.nn.utils.clip_grad_norm_(parameters, rule.defaults["clip_norm"])


def clipped(rule, **limits):
    rule.defaults.update(limits)
    return rule


def schedule(make, count=30, rate=0.5):
    p = torch.zeros(1, requires_grad=True)
    rule = torch.optim.SGD([p], rate, momentum=0.9)
    maker, rates = make(rule), []
    for _ in range(count):
        rates.append(rule.param_groups[0]["lr"])
        rule.step()
        maker.step()
    return rates


def plateau(metrics, **options):
    p = torch.zeros(1, requires_grad=True)
    rule = torch.optim.SGD([p], 0.5)
    maker, rates = S.ReduceLROnPlateau(rule, **options), []
    for metric in metrics:
        maker.step(metric)
        rates.append(rule.param_groups[0]["lr"])
    return {"metrics": metrics, "rates": rates}


O, S = torch.optim, torch.optim.lr_scheduler
optimizers = {
    "sgd, clipped by norm": optimizer(lambda p: clipped(O.SGD(p, 0.5, momentum=0.9), clip_norm=0.25)),
    "sgd, clipped by value": optimizer(lambda p: clipped(O.SGD(p, 0.5), clip_value=0.0625)),
    "sgd, groups": optimizer(lambda p: O.SGD([{"params": p[:1], "weight_decay": 0.25}, {"params": p[1:], "lr": 0.0625}], 0.125, momentum=0.9)),
    "sgd, maximize": optimizer(lambda p: O.SGD(p, 0.125, momentum=0.9, maximize=True), steps=4),
    "adam": optimizer(lambda p: O.Adam(p, 0.125)),
    "adam, all": optimizer(lambda p: O.Adam(p, 0.125, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.25, amsgrad=True)),
    "adamw, amsgrad": optimizer(lambda p: O.AdamW(p, 0.25, betas=(0.5, 0.75), amsgrad=True)),
    "rmsprop": optimizer(lambda p: O.RMSprop(p, 0.03125)),
    "rmsprop, all": optimizer(lambda p: O.RMSprop(p, 0.03125, alpha=0.9, eps=1e-4, weight_decay=0.125, momentum=0.75, centered=True)),
    "adagrad": optimizer(lambda p: O.Adagrad(p, 0.125)),
    "adagrad, all": optimizer(lambda p: O.Adagrad(p, 0.125, lr_decay=0.25, weight_decay=0.125, initial_accumulator_value=0.0625, eps=1e-4)),
    "adadelta": optimizer(lambda p: O.Adadelta(p)),
    "adadelta, all": optimizer(lambda p: O.Adadelta(p, 0.5, rho=0.75, eps=1e-3, weight_decay=0.125)),
    "adamax": optimizer(lambda p: O.Adamax(p, 0.125)),
    "adamax, all": optimizer(lambda p: O.Adamax(p, 0.125, betas=(0.8, 0.75), eps=1e-4, weight_decay=0.125)),
    "radam": optimizer(lambda p: O.RAdam(p, 0.125)),
    "radam, all": optimizer(lambda p: O.RAdam(p, 0.125, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.125)),
    "rprop": optimizer(lambda p: O.Rprop(p, 0.125)),
    "rprop, all": optimizer(lambda p: O.Rprop(p, 0.25, etas=(0.25, 1.5), step_sizes=(0.03125, 0.5))),
    "asgd": optimizer(lambda p: O.ASGD(p, 0.125)),
    "asgd, all": optimizer(lambda p: O.ASGD(p, 0.25, lambd=0.0625, alpha=0.5, t0=2, weight_decay=0.125)),
    "lbfgs, one iteration": optimizer(lambda p: O.LBFGS(p, 0.5, max_iter=1, history_size=3), closure=True),
    "lbfgs": optimizer(lambda p: O.LBFGS(p, 1, max_iter=3, max_eval=100, history_size=4, line_search_fn="strong_wolfe"), steps=3, closure=True),
}
schedules = {
    "constant": schedule(lambda r: S.ConstantLR(r, 0.25, 4)),
    "step": schedule(lambda r: S.StepLR(r, 7, 0.5)),
    "multi-step": schedule(lambda r: S.MultiStepLR(r, [3, 10, 20], 0.25)),
    "exponential": schedule(lambda r: S.ExponentialLR(r, 0.9)),
    "linear": schedule(lambda r: S.LinearLR(r, 0.25, 1, 10)),
    "polynomial": schedule(lambda r: S.PolynomialLR(r, 20, 2)) if hasattr(S, "PolynomialLR") else None,
    "cosine": schedule(lambda r: S.CosineAnnealingLR(r, 29, 0.125)),
    "restarts": schedule(lambda r: S.CosineAnnealingWarmRestarts(r, 4, 2, 0.0625)),
    "restarts of one length": schedule(lambda r: S.CosineAnnealingWarmRestarts(r, 8)),
    "one-cycle": schedule(lambda r: S.OneCycleLR(r, 0.5, total_steps=31)),
    "one-cycle, three phases, linear": schedule(lambda r: S.OneCycleLR(r, 0.5, total_steps=31, pct_start=0.25, anneal_strategy="linear", div_factor=10, final_div_factor=100, three_phase=True)),
    "triangular": schedule(lambda r: S.CyclicLR(r, 0.125, 0.5, step_size_up=4, step_size_down=6)),
    "triangular2": schedule(lambda r: S.CyclicLR(r, 0.125, 0.5, step_size_up=4, mode="triangular2")),
    "triangular, falling": schedule(lambda r: S.CyclicLR(r, 0.125, 0.5, step_size_up=4, mode="exp_range", gamma=0.96875)),
    "lambda": schedule(lambda r: S.LambdaLR(r, lambda t: 1 / (1 + t))),
    "sequence": schedule(lambda r: S.SequentialLR(r, [S.ConstantLR(r, 0.125, 100), S.ExponentialLR(r, 0.75)], [5])),
    "product": schedule(lambda r: S.ChainedScheduler([S.ConstantLR(r, 0.125, 4), S.ExponentialLR(r, 0.875)])),
}
metrics = [1.0, 0.9, 0.95, 0.91, 0.92, 0.93, 0.94, 0.8999, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6]
plateaus = {
    "usual": plateau(metrics, factor=0.5, patience=2),
    "all": plateau(metrics, factor=0.25, patience=1, threshold=0.125, threshold_mode="abs", cooldown=2, min_lr=0.03125),
    "max": plateau([-m for m in metrics], mode="max", factor=0.5, patience=2, threshold=0.0625),
}
print(json.dumps({"activations": activations, "losses": losses, "optimizers": optimizers, "schedules": schedules, "plateaus": plateaus}, separators=(",", ":")))
