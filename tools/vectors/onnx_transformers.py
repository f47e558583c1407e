"""Transformers of one layer as PyTorch's exporter writes them, in the forms that libraries of models use, with what PyTorch computes.

    python3 tools/vectors/onnx_transformers.py > tests/Ashlar.Models.Tests/Onnx/Vectors/transformers.json
"""
import base64
import io
import json
import math
import warnings

import torch
from torch import nn
from torch.nn import functional

FEATURES, HEADS, LENGTH, HIDDEN = 8, 2, 5, 16
WIDTH = FEATURES // HEADS


class RMSNorm(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(FEATURES) + 0.5)

    def forward(self, x):
        return self.weight * (x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6))


def turned(x, cos, sin):
    a, b = x[..., : WIDTH // 2], x[..., WIDTH // 2:]
    return x * cos + torch.cat((-b, a), -1) * sin


class Attention(nn.Module):
    def __init__(self, style):
        super().__init__()
        self.style = style
        self.q, self.k, self.v, self.o = (nn.Linear(FEATURES, FEATURES) for _ in range(4))
        self.register_buffer("seen", torch.tril(torch.ones(16, 16, dtype=torch.bool)).view(1, 1, 16, 16))

    def heads(self, x):
        return x.view(x.size(0), x.size(1), HEADS, WIDTH).permute(0, 2, 1, 3)

    def forward(self, x, mask, positions):
        q, k, v = self.heads(self.q(x)), self.heads(self.k(x)), self.heads(self.v(x))
        if positions is not None:
            q, k = turned(q, *positions), turned(k, *positions)
        scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(WIDTH)
        if self.style == "gpt":
            n = q.size(-2)
            scores = torch.where(self.seen[:, :, :n, :n], scores, torch.tensor(torch.finfo(torch.float32).min))
        if mask is not None:
            scores = scores + mask
        y = torch.matmul(functional.softmax(scores, -1), v).permute(0, 2, 1, 3).contiguous()
        return self.o(y.view(y.size(0), y.size(1), FEATURES))


class Layer(nn.Module):
    def __init__(self, style):
        super().__init__()
        self.style = style
        self.first, self.second = (RMSNorm() if style == "llama" else nn.LayerNorm(FEATURES) for _ in range(2))
        self.attention = Attention(style)
        self.up, self.gate, self.down = nn.Linear(FEATURES, HIDDEN), nn.Linear(FEATURES, HIDDEN), nn.Linear(HIDDEN, FEATURES)
        self.register_buffer("turns", 1 / (10000 ** (torch.arange(0, WIDTH, 2).float() / WIDTH)))

    def forward(self, x, seen=None):
        if self.style == "bert":
            x = self.first(x + self.attention(x, (1 - seen)[:, None, None, :] * -10000.0, None))
            return self.second(x + self.down(functional.gelu(self.up(x))))
        positions = None
        if self.style == "llama":
            angles = torch.outer(torch.arange(x.size(1)).float(), self.turns)
            angles = torch.cat((angles, angles), -1)
            positions = angles.cos()[None, None], angles.sin()[None, None]
        x = x + self.attention(self.first(x), None, positions)
        y = self.second(x)
        if self.style == "llama":
            return x + self.down(functional.silu(self.up(y)) * self.gate(y))
        y = self.up(y)
        return x + self.down(0.5 * y * (1 + torch.tanh(math.sqrt(2 / math.pi) * (y + 0.044715 * torch.pow(y, 3.0)))))


class Joined(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention, self.norm = nn.MultiheadAttention(FEATURES, HEADS, batch_first=True), nn.LayerNorm(FEATURES)

    def forward(self, x):
        return self.norm(x + self.attention(x, x, x, need_weights=False)[0])


def case(name, model, opset, inputs):
    names = ["x", "seen"][: len(inputs)]
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(model, inputs, file, opset_version=opset, input_names=names, output_names=["y"], training=torch.onnx.TrainingMode.PRESERVE,
                          dynamic_axes={n: {0: "batch", 1: "length"} for n in names + ["y"]})
    values = [{"type": "float32", "shape": list(t.shape), "values": [float(v) for v in t.detach().flatten()]} for t in (*inputs, model(*inputs))]
    return {"name": name, "model": base64.b64encode(file.getvalue()).decode(), "inputs": dict(zip(names, values)), "output": values[-1]}


torch.manual_seed(1)
x = torch.randn(3, LENGTH, FEATURES)
seen = (torch.arange(LENGTH)[None, :] < torch.tensor([[5], [3], [1]])).float()
cases = [case(f"{style} of {opset}", Layer(style).eval(), opset, (x, seen) if style == "bert" else (x,)) for style, opset in (("bert", 11), ("bert", 17), ("gpt", 14), ("llama", 14))]
# In evaluation PyTorch takes a kernel that it cannot export.
cases.append(case("joined of 14", Joined().train(), 14, (x,)))
print(json.dumps({"cases": cases}))
