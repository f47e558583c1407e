import torch
from torch import nn
from torch.nn import functional as F

from work import Work


class SmallTransformer(nn.Module):
    """A causal language model: embedding, learned places, encoder layers that normalise first, normalisation, logits."""

    def __init__(self, layers=2, tokens=64, features=128, heads=4, vocabulary=256):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, features)
        self.places = nn.Embedding(tokens, features)
        self.encoder = nn.TransformerEncoder(
            nn.TransformerEncoderLayer(features, heads, 4 * features, 0, "gelu", batch_first=True, norm_first=True), layers, nn.LayerNorm(features))
        self.head = nn.Linear(features, vocabulary)
        self.register_buffer("positions", torch.arange(tokens))
        self.register_buffer("mask", torch.triu(torch.full((tokens, tokens), -torch.inf), 1))

    def forward(self, x):
        return self.head(self.encoder(self.embedding(x) + self.places(self.positions), self.mask))


class SequenceClassifier(nn.Module):
    def __init__(self, features=128, hidden=128, classes=10):
        super().__init__()
        self.lstm = nn.LSTM(features, hidden)
        self.head = nn.Linear(hidden, classes)

    def forward(self, x):
        return self.head(self.lstm(x)[0][-1])


def _tiny():
    return nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 2))


def _mlp():
    return nn.Sequential(nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))


def _cnn():
    return nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
                         nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, 10))


def _sgd(model, **how):
    return torch.optim.SGD(model.parameters(), lr=0.01, **how)


def _adamw(model, **how):
    return torch.optim.AdamW(model.parameters(), lr=1e-3, **how)


def _step(build, optimizer, x, target, weights, dtype=torch.float32, layout=None, **how):
    """A fresh model with the given weights; the call is one step on the batch and returns the loss, read."""
    model = build()
    mine = list(model.named_parameters())
    assert [tuple(p.shape) for _, p in mine] == [w.shape for w in weights], "the models differ"
    with torch.no_grad():
        for (_, parameter), weight in zip(mine, weights):
            parameter.copy_(torch.from_numpy(weight))
    model = model.to(dtype)
    images, classes = torch.from_numpy(x), torch.from_numpy(target).long()
    images = images.to(dtype) if images.is_floating_point() else images.long()
    if layout:
        model, images = model.to(memory_format=layout), images.contiguous(memory_format=layout)
    rule = optimizer(model, **how)

    def call():
        rule.zero_grad(set_to_none=True)
        logits = model(images)
        loss = F.cross_entropy(logits.reshape(-1, logits.shape[-1]), classes)
        loss.backward()
        rule.step()
        loss.item()
        return loss
    return call


def _work(build, optimizer, x, target, weights, layouts=False):
    ways = {"torch": _step(build, optimizer, x, target, weights), "torch foreach": _step(build, optimizer, x, target, weights, foreach=True)}
    if layouts:
        ways["torch channels last"] = _step(build, optimizer, x, target, weights, layout=torch.channels_last, foreach=True)

    def exact():
        call = _step(build, optimizer, x, target, weights, torch.float64)
        for _ in range(3):
            loss = call()
        return loss
    return Work(ways, exact, fresh=lambda: _step(build, optimizer, x, target, weights))


def mlp(x, target, *weights):
    return _work(_mlp, _sgd, x, target, weights)


def cnn(x, target, *weights):
    return _work(_cnn, _adamw, x, target, weights, layouts=True)


def transformer(x, target, *weights):
    return _work(SmallTransformer, _adamw, x, target, weights)


def lstm(x, target, *weights):
    return _work(SequenceClassifier, _adamw, x, target, weights)


def fresh(name):
    """A new model of that name with a batch and PyTorch's own first weights; the call is one step."""
    build, optimizer, x, classes, count = {
        "tiny": (_tiny, _adamw, torch.randn(4, 8), 2, 4),
        "mlp": (_mlp, _sgd, torch.randn(64, 784), 10, 64),
        "cnn": (_cnn, _adamw, torch.randn(64, 1, 28, 28), 10, 64),
        "transformer": (SmallTransformer, _adamw, torch.randint(256, (16, 64)), 256, 1024),
    }[name]
    weights = [parameter.detach().numpy() for parameter in build().parameters()]
    return _step(build, optimizer, x.numpy(), torch.randint(classes, (count,)).numpy(), weights)
