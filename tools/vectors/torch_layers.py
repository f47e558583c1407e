"""Values of PyTorch for the layers, losses and optimizers, as JSON.

Run:  python3 tools/vectors/torch_layers.py > tests/Ashlar.Learn.Tests/Vectors/torch_layers.json
Made with PyTorch 1.13.1 on one thread. All inputs are multiples of 1/64, so they are exact in float32 and in the file.
"""
import json
import torch

torch.set_num_threads(1)
state = 12345


def draw(*shape):
    """Multiples of 1/64 in [-2, 2) from a linear congruential generator."""
    global state
    values = []
    for _ in range(int(torch.tensor(shape).prod()) if shape else 1):
        state = (state * 1103515245 + 12345) % 2**31
        values.append(((state >> 8) % 256 - 128) / 64)
    return torch.tensor(values).reshape(shape)


def numbers(tensor):
    return {"shape": list(tensor.shape), "values": [float(v) for v in tensor.detach().reshape(-1)]}


def layer(name, module, *shape, modes=("train",)):
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(draw(*parameter.shape))
    record = {"parameters": {n: numbers(p) for n, p in module.named_parameters()}, "passes": []}
    for mode in modes:
        module.train(mode == "train")
        module.zero_grad()
        x = draw(*shape).requires_grad_()
        y = module(x)
        dy = draw(*y.shape)
        y.backward(dy)
        record["passes"].append({
            "mode": mode, "x": numbers(x), "y": numbers(y), "dy": numbers(dy), "dx": numbers(x.grad),
            "gradients": {n: numbers(p.grad) for n, p in module.named_parameters()},
            "buffers": {n: numbers(b) for n, b in module.named_buffers() if b.ndim > 0}})
    return name, record


def loss(name, function, *inputs):
    inputs = [i.clone() for i in inputs]
    inputs[0].requires_grad_()
    value = function(*inputs)
    value.backward()
    return name, {"inputs": [numbers(i) for i in inputs], "value": float(value.detach()), "gradient": numbers(inputs[0].grad)}


def optimizer(name, make):
    w = draw(2, 3).requires_grad_()
    start, target = numbers(w), draw(2, 3)
    rule, steps = make([w]), []
    for _ in range(5):
        rule.zero_grad()
        ((w - target) ** 2 * w).mean().backward()
        rule.step()
        steps.append(numbers(w))
    return name, {"start": start, "target": numbers(target), "steps": steps}


nn = torch.nn
labels = torch.tensor([2, 0, 4, 1])
print(json.dumps({
    "layers": dict([
        layer("linear", nn.Linear(5, 3), 4, 5),
        layer("linear without bias", nn.Linear(5, 3, bias=False), 2, 4, 5),
        layer("conv", nn.Conv2d(2, 3, 3), 2, 2, 5, 6),
        layer("conv with all", nn.Conv2d(2, 3, (3, 2), stride=(2, 1), padding=(1, 2), dilation=(1, 2), bias=False), 2, 2, 6, 5),
        layer("max pool", nn.MaxPool2d(2), 2, 2, 4, 6),
        layer("max pool with all", nn.MaxPool2d((3, 2), stride=(2, 1), padding=1), 1, 2, 6, 5),
        layer("avg pool", nn.AvgPool2d(3, stride=2, padding=1), 2, 2, 5, 6),
        layer("batch norm", nn.BatchNorm2d(3), 3, 3, 2, 4, modes=("train", "train", "eval")),
        layer("relu", nn.ReLU(), 3, 4),
        layer("gelu", nn.GELU(), 3, 4),
        layer("flatten", nn.Flatten(), 2, 3, 2),
        layer("sequential", nn.Sequential(nn.Conv2d(1, 2, 3, padding=1), nn.BatchNorm2d(2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8, 3)), 3, 1, 4, 4),
    ]),
    "losses": dict([
        loss("cross entropy", lambda z: nn.functional.cross_entropy(z, labels), draw(4, 5)),
        loss("cross entropy with smoothing", lambda z: nn.functional.cross_entropy(z, labels, label_smoothing=0.25), draw(4, 5)),
        loss("mean squared error", nn.functional.mse_loss, draw(3, 4), draw(3, 4)),
    ]),
    "optimizers": dict([
        optimizer("sgd", lambda p: torch.optim.SGD(p, 0.125)),
        optimizer("sgd with momentum", lambda p: torch.optim.SGD(p, 0.125, momentum=0.9)),
        optimizer("sgd with all", lambda p: torch.optim.SGD(p, 0.125, momentum=0.9, dampening=0.25, weight_decay=0.1)),
        optimizer("sgd nesterov", lambda p: torch.optim.SGD(p, 0.125, momentum=0.9, weight_decay=0.1, nesterov=True)),
        optimizer("adamw", lambda p: torch.optim.AdamW(p, 0.125)),
        optimizer("adamw with all", lambda p: torch.optim.AdamW(p, 0.125, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.25)),
    ]),
}, separators=(",", ":")))
