"""Values of PyTorch for layers, family by family, as JSON.

Run:  python3 tools/vectors/torch_nn.py tests/Ashlar.Learn.Tests/Vectors
Writes torch_FAMILY.json there. Made with PyTorch 1.13.1 on one thread. All inputs are multiples of 1/64, so they are exact in float32 and in the file.
A record holds what goes in, what comes out, the cotangents of the results, and the gradients of inputs and parameters for them.
"""
import json
import sys
import numpy
import torch

torch.set_num_threads(1)
nn, F = torch.nn, torch.nn.functional
families = {}


class Draw:
    """Multiples of 1/64 in [-2, 2) from a linear congruential generator that starts anew for each record."""

    def __init__(self, name):
        self.state = sum((i + 1) * ord(letter) for i, letter in enumerate(name))

    def __call__(self, *shape):
        values = []
        for _ in range(int(numpy.prod(shape)) if shape else 1):
            self.state = (self.state * 1103515245 + 12345) % 2**31
            values.append(((self.state >> 8) % 256 - 128) / 64)
        return torch.tensor(values).reshape(shape)


def numbers(tensor):
    if tensor is None:
        return None
    kind = {torch.float32: "float32", torch.int64: "int64", torch.bool: "bool"}[tensor.dtype]
    values = [float(numpy.format_float_scientific(v, unique=True)) if kind == "float32" else int(v) for v in tensor.detach().reshape(-1).numpy()]
    return {"dtype": kind, "shape": list(tensor.shape), "values": values}


def record(family, name, module, *inputs, apply=None, mode="train", names=None, passes=1):
    """inputs: shapes as tuples, or tensors. apply: module and inputs to the results. names: of parameters where ours differ."""
    draw = Draw(name)
    module = module if isinstance(module, nn.Module) else nn.Identity()
    rename = lambda key: (names or {}).get(key, key)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.copy_(draw(*parameter.shape))
    module.train(mode == "train")
    result = {"mode": mode, "parameters": {rename(n): numbers(p) for n, p in module.named_parameters()}, "passes": []}
    for _ in range(passes):
        module.zero_grad()
        given = [draw(*i).requires_grad_() if isinstance(i, tuple) else i for i in inputs]
        outputs = (apply or (lambda m, *x: m(*x)))(module, *given)
        outputs = list(outputs) if isinstance(outputs, (tuple, list)) else [outputs]
        cotangents = [draw(*y.shape) if y.is_floating_point() else None for y in outputs]
        torch.autograd.backward([y for y, c in zip(outputs, cotangents) if c is not None], [c for c in cotangents if c is not None])
        result["passes"].append({
            "inputs": [numbers(i) for i in given], "outputs": [numbers(y) for y in outputs], "cotangents": [numbers(c) for c in cotangents],
            "input_gradients": [numbers(i.grad) if i.requires_grad else None for i in given],
            "gradients": {rename(n): numbers(p.grad) for n, p in module.named_parameters()},
            "buffers": {n: numbers(b) for n, b in module.named_buffers() if b.ndim > 0}})
    families.setdefault(family, {})[name] = result


# Convolution
record("conv", "conv1d", nn.Conv1d(2, 3, 3), (2, 2, 7))
record("conv", "conv1d with all", nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2, bias=False), (2, 4, 7))
record("conv", "conv2d in groups", nn.Conv2d(4, 4, (3, 2), stride=(1, 2), padding=(1, 0), groups=2), (2, 4, 4, 5))
record("conv", "conv2d depthwise", nn.Conv2d(3, 6, 3, padding=1, groups=3), (1, 3, 4, 5))
record("conv", "conv2d reflect", nn.Conv2d(1, 2, 3, padding=(2, 1), padding_mode="reflect"), (1, 1, 4, 5))
record("conv", "conv2d replicate", nn.Conv2d(1, 2, 3, padding=(2, 1), padding_mode="replicate"), (1, 1, 3, 4))
record("conv", "conv2d circular", nn.Conv2d(1, 2, 3, padding=(2, 1), padding_mode="circular"), (1, 1, 4, 3))
record("conv", "conv1d same", nn.Conv1d(2, 2, 4, padding="same"), (2, 2, 6))
record("conv", "conv2d same", nn.Conv2d(2, 2, (3, 2), padding="same", dilation=(2, 1)), (1, 2, 4, 5))
record("conv", "conv2d same circular", nn.Conv2d(1, 2, (3, 4), padding="same", padding_mode="circular"), (1, 1, 4, 5))
record("conv", "conv3d same", nn.Conv3d(1, 2, (1, 2, 3), padding="same"), (1, 1, 2, 3, 4))
record("conv", "conv2d without batch", nn.Conv2d(2, 2, 2), (2, 3, 4))
record("conv", "conv3d", nn.Conv3d(2, 2, (2, 2, 3), padding=(0, 1, 1), stride=(1, 2, 1)), (1, 2, 3, 3, 4))
record("conv", "conv transpose 1d", nn.ConvTranspose1d(2, 3, 3), (2, 2, 4))
record("conv", "conv transpose 1d with all", nn.ConvTranspose1d(4, 2, 3, stride=3, padding=2, output_padding=1, groups=2, dilation=2, bias=False), (2, 4, 4))
record("conv", "conv transpose 2d", nn.ConvTranspose2d(2, 2, (3, 2), stride=(2, 1), padding=(1, 0), output_padding=(1, 0)), (1, 2, 3, 4))
record("conv", "conv transpose 3d", nn.ConvTranspose3d(2, 1, 2, stride=(2, 1, 2)), (1, 2, 2, 2, 3))

# Pooling
indices = dict(apply=lambda m, x: m(x))
record("pool", "max pool 1d", nn.MaxPool1d(3, stride=2, padding=1, return_indices=True), (2, 2, 7), **indices)
record("pool", "max pool 1d dilated", nn.MaxPool1d(2, stride=2, padding=1, dilation=3, return_indices=True), (1, 2, 8), **indices)
record("pool", "max pool 2d ceil", nn.MaxPool2d(3, stride=2, ceil_mode=True, return_indices=True), (1, 2, 6, 5), **indices)
record("pool", "max pool 2d dilated", nn.MaxPool2d((2, 3), stride=1, padding=(1, 1), dilation=(2, 1), return_indices=True), (1, 2, 4, 5), **indices)
record("pool", "max pool 3d", nn.MaxPool3d(2, stride=(1, 2, 2), padding=(0, 1, 0), return_indices=True), (1, 2, 3, 3, 4), **indices)
record("pool", "max unpool 1d", nn.MaxPool1d(2), (2, 2, 6), apply=lambda m, x: F.max_unpool1d(*F.max_pool1d(x, 2, return_indices=True), 2))
record("pool", "max unpool 2d", nn.MaxPool2d(2), (1, 2, 5, 4), apply=lambda m, x: F.max_unpool2d(*F.max_pool2d(x, 2, return_indices=True), 2, output_size=(5, 4)))
record("pool", "max unpool 3d", nn.MaxPool3d(2), (1, 1, 2, 4, 2), apply=lambda m, x: F.max_unpool3d(*F.max_pool3d(x, 2, return_indices=True), 2))
record("pool", "avg pool 1d", nn.AvgPool1d(3, stride=2, padding=1, count_include_pad=False), (2, 2, 7))
record("pool", "avg pool 2d ceil", nn.AvgPool2d(3, stride=2, padding=1, ceil_mode=True), (1, 2, 6, 5))
record("pool", "avg pool 2d ceil without padding", nn.AvgPool2d((3, 2), stride=2, padding=1, ceil_mode=True, count_include_pad=False), (1, 2, 6, 5))
record("pool", "avg pool 2d divisor", nn.AvgPool2d(2, divisor_override=3), (1, 1, 4, 4))
record("pool", "avg pool 3d", nn.AvgPool3d(2, stride=1), (1, 2, 2, 3, 4))
record("pool", "adaptive avg pool 1d", nn.AdaptiveAvgPool1d(3), (2, 2, 7))
record("pool", "adaptive avg pool 2d", nn.AdaptiveAvgPool2d((3, 2)), (1, 2, 5, 4))
record("pool", "adaptive avg pool 2d larger", nn.AdaptiveAvgPool2d((4, 5)), (1, 1, 2, 3))
record("pool", "adaptive avg pool 3d", nn.AdaptiveAvgPool3d((1, 2, 3)), (1, 1, 2, 3, 4))
record("pool", "adaptive max pool 1d", nn.AdaptiveMaxPool1d(3, return_indices=True), (2, 2, 7), **indices)
record("pool", "adaptive max pool 2d", nn.AdaptiveMaxPool2d((3, 2), return_indices=True), (1, 2, 5, 4), **indices)
record("pool", "adaptive max pool 3d", nn.AdaptiveMaxPool3d((1, 2, 3), return_indices=True), (1, 1, 2, 3, 4), **indices)
record("pool", "lp pool 1d", nn.LPPool1d(2, 3, stride=2), (2, 2, 7))
record("pool", "lp pool 2d", nn.LPPool2d(4, 2), (1, 2, 4, 4))

# Normalisation, embeddings, reshaping
record("norm", "batch norm 1d", nn.BatchNorm1d(3), (4, 3), passes=2)
record("norm", "batch norm 1d of sequences", nn.BatchNorm1d(2, affine=False), (2, 2, 4))
record("norm", "batch norm 2d evaluated", nn.BatchNorm2d(2), (2, 2, 2, 3), mode="eval")
record("norm", "batch norm 3d", nn.BatchNorm3d(2, eps=1e-3, momentum=0.25), (2, 2, 2, 1, 3))
record("norm", "layer norm", nn.LayerNorm(5), (2, 3, 5))
record("norm", "layer norm of images", nn.LayerNorm((3, 2), eps=1e-3), (2, 3, 2))
record("norm", "group norm", nn.GroupNorm(2, 4), (2, 4, 3))
record("norm", "instance norm 1d", nn.InstanceNorm1d(2), (2, 2, 5))
record("norm", "instance norm 2d", nn.InstanceNorm2d(2, affine=True), (2, 2, 2, 3))
record("norm", "instance norm 3d", nn.InstanceNorm3d(2), (2, 2, 2, 2, 2))
record("norm", "local response norm", nn.LocalResponseNorm(3, alpha=0.5, k=2.0), (2, 4, 3))
record("norm", "local response norm of two", nn.LocalResponseNorm(2, alpha=0.5), (1, 3, 3))
indices_of = lambda *values: torch.tensor(values)
record("norm", "embedding", nn.Embedding(5, 3, padding_idx=1), indices_of([0, 1, 4], [4, 4, 2]))
bag = indices_of([0, 1, 4], [4, 1, 1], [2, 2, 3])
record("norm", "embedding bag mean", nn.EmbeddingBag(5, 3, mode="mean", padding_idx=1), bag)
record("norm", "embedding bag sum", nn.EmbeddingBag(5, 3, mode="sum"), bag, (3, 3), apply=lambda m, x, w: m(x, per_sample_weights=w))
record("norm", "embedding bag max", nn.EmbeddingBag(5, 3, mode="max", padding_idx=1), bag)
record("norm", "bilinear", nn.Bilinear(3, 4, 2), (2, 3), (2, 4))
record("norm", "unfold", nn.Unfold((2, 3), dilation=(2, 1), padding=(1, 0), stride=(1, 2)), (2, 2, 4, 5))
record("norm", "fold", nn.Fold((4, 5), (2, 3), dilation=(2, 1), padding=(1, 0), stride=(1, 2)), (1, 12, 8))
record("norm", "pixel shuffle", nn.PixelShuffle(2), (2, 8, 2, 3))
record("norm", "pixel unshuffle", nn.PixelUnshuffle(2), (2, 2, 4, 2))
record("norm", "upsample nearest", nn.Upsample(scale_factor=2), (2, 2, 3))
record("norm", "upsample nearest to size", nn.Upsample(size=(5, 2)), (1, 2, 3, 4))
record("norm", "upsample linear", nn.Upsample(scale_factor=1.5, mode="linear"), (1, 2, 5))
record("norm", "upsample bilinear", nn.Upsample(size=(5, 3), mode="bilinear"), (1, 2, 3, 4))
record("norm", "upsample bicubic", nn.Upsample(size=(5, 7), mode="bicubic"), (1, 2, 3, 4))
record("norm", "upsample bicubic smaller", nn.Upsample(scale_factor=0.75, mode="bicubic"), (1, 1, 8, 4))
record("norm", "upsample bicubic aligned", nn.Upsample(size=(5, 3), mode="bicubic", align_corners=True), (1, 2, 3, 4))
record("norm", "upsample bilinear aligned", nn.Upsample(size=(5, 3), mode="bilinear", align_corners=True), (1, 2, 3, 4))
record("norm", "unflatten", nn.Unflatten(1, (2, 3)), (2, 6))

# Recurrent networks
def flat(result):
    output, state = result
    return [output, *state] if isinstance(state, tuple) else [output, state]


def packed(module, x, *state, lengths=(3, 4, 1)):
    p = nn.utils.rnn.pack_padded_sequence(x, torch.tensor(lengths), enforce_sorted=False, batch_first=module.batch_first)
    output, state = module(p, *([state[0]] if len(state) == 1 else [tuple(state)] if state else []))
    output = nn.utils.rnn.pad_packed_sequence(output, batch_first=module.batch_first, total_length=x.shape[1 if module.batch_first else 0])[0]
    return flat((output, state))


record("rnn", "rnn", nn.RNN(3, 2), (3, 2, 3), apply=lambda m, x: flat(m(x)))
record("rnn", "rnn rectified of two layers", nn.RNN(3, 2, 2, nonlinearity="relu", bidirectional=True, batch_first=True, bias=False), (2, 3, 3), (4, 2, 2), apply=lambda m, x, h: flat(m(x, h)))
record("rnn", "lstm", nn.LSTM(3, 2), (3, 2, 3), (1, 2, 2), (1, 2, 2), apply=lambda m, x, h, c: flat(m(x, (h, c))))
record("rnn", "lstm of two layers", nn.LSTM(2, 2, 2, bidirectional=True), (3, 2, 2), apply=lambda m, x: flat(m(x)))
record("rnn", "lstm with lengths", nn.LSTM(2, 3, bidirectional=True, batch_first=True), (3, 4, 2), apply=packed)
record("rnn", "gru", nn.GRU(3, 2, batch_first=True), (2, 3, 3), (1, 2, 2), apply=lambda m, x, h: flat(m(x, h)))
record("rnn", "gru with lengths", nn.GRU(2, 2, 2, bidirectional=True), (4, 3, 2), (4, 3, 2), apply=packed)
record("rnn", "gru without batch", nn.GRU(3, 2), (3, 3), apply=lambda m, x: flat(m(x)))
record("rnn", "rnn cell", nn.RNNCell(3, 2), (2, 3), (2, 2))
record("rnn", "lstm cell", nn.LSTMCell(3, 2), (2, 3), (2, 2), (2, 2), apply=lambda m, x, h, c: m(x, (h, c)))
record("rnn", "gru cell", nn.GRUCell(3, 2, bias=False), (2, 3), (2, 2))

# Attention. Our bool masks are true where a query may look; PyTorch's layer means the opposite.
allowed = torch.tensor([[1, 1, 0, 1], [0, 1, 1, 1], [1, 0, 0, 1]]).bool()
lower = torch.ones(4, 4).tril().bool()
padding = torch.tensor([[1, 1, 1, 0], [1, 0, 0, 0]]).bool()


def attend(m, q, k, v, **settings):
    return m(q, k, v, average_attn_weights=False, **settings)


def positions(length, features, theta=10000.0):
    angles = torch.arange(length, dtype=torch.float64)[:, None] * theta ** (-torch.arange(0, features, 2, dtype=torch.float64) / features)
    return angles


def sinusoidal(x):
    angles = positions(x.shape[-2], x.shape[-1])
    return x + torch.stack([angles.sin(), angles.cos()], -1).flatten(-2).float()


def rotary_interleaved(x):
    turned = torch.view_as_complex(x.double().unflatten(-1, (-1, 2))) * torch.polar(torch.ones(1, dtype=torch.float64), positions(x.shape[-2], x.shape[-1]))
    return torch.view_as_real(turned).flatten(-2).float()


def rotary_halves(x):
    half = x.shape[-1] // 2
    angles = positions(x.shape[-2], x.shape[-1]).repeat(1, 2)
    turned = torch.cat([-x[..., half:], x[..., :half]], -1)
    return (x.double() * angles.cos() + turned.double() * angles.sin()).float()


def slopes(heads):
    def of_power(n):
        start = 2 ** (-(2 ** -(numpy.log2(n) - 3)))
        return [start ** (i + 1) for i in range(n)]
    power = 2 ** int(numpy.floor(numpy.log2(heads)))
    return of_power(heads) if power == heads else of_power(power) + of_power(2 * power)[0::2][: heads - power]


def alibi(x):
    distance = (torch.arange(x.shape[-2])[:, None] + x.shape[-1] - x.shape[-2] - torch.arange(x.shape[-1])).abs()
    return x - torch.tensor(slopes(x.shape[-3]), dtype=torch.float32)[:, None, None] * distance


record("attention", "attention of itself", nn.MultiheadAttention(4, 2), (3, 2, 4), apply=lambda m, x: attend(m, x, x, x))
record("attention", "attention masked", nn.MultiheadAttention(4, 2, batch_first=True), (2, 3, 4), (2, 4, 4), apply=lambda m, x, y: attend(m, x, y, y, attn_mask=~allowed))
record("attention", "attention with added mask", nn.MultiheadAttention(4, 2, bias=False, batch_first=True), (2, 3, 4), (2, 4, 4), (3, 4), apply=lambda m, x, y, mask: attend(m, x, y, y, attn_mask=mask))
record("attention", "attention causal with lengths", nn.MultiheadAttention(4, 2, batch_first=True), (2, 4, 4), apply=lambda m, x: attend(m, x, x, x, attn_mask=~lower, key_padding_mask=~padding))
record("attention", "attention of other features", nn.MultiheadAttention(4, 2, kdim=3, vdim=5, batch_first=True), (2, 3, 4), (2, 4, 3), (2, 4, 5), apply=attend)
record("attention", "attention without batch", nn.MultiheadAttention(4, 2), (3, 4), apply=lambda m, x: attend(m, x, x, x))
record("attention", "encoder layer", nn.TransformerEncoderLayer(4, 2, 6, dropout=0.0), (3, 2, 4))
record("attention", "encoder layer normalising first", nn.TransformerEncoderLayer(4, 2, 6, dropout=0.0, norm_first=True, batch_first=True, activation="gelu"), (2, 4, 4), apply=lambda m, x: m(x, ~lower, ~padding))
record("attention", "decoder layer", nn.TransformerDecoderLayer(4, 2, 6, dropout=0.0), (3, 2, 4), (4, 2, 4))
record("attention", "decoder layer normalising first", nn.TransformerDecoderLayer(4, 2, 6, dropout=0.0, norm_first=True, batch_first=True), (2, 4, 4), (2, 3, 4), apply=lambda m, x, y: m(x, y, ~lower))
record("attention", "encoder", nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 3, dropout=0.0), 2, nn.LayerNorm(4)), (3, 2, 4))
record("attention", "decoder", nn.TransformerDecoder(nn.TransformerDecoderLayer(4, 2, 3, dropout=0.0), 2, nn.LayerNorm(4)), (3, 2, 4), (4, 2, 4))
record("attention", "sinusoidal positions", None, (2, 5, 6), apply=lambda m, x: sinusoidal(x))
record("attention", "rotary embedding", None, (2, 2, 5, 6), apply=lambda m, x: rotary_halves(x))
record("attention", "rotary embedding interleaved", None, (2, 2, 5, 6), apply=lambda m, x: rotary_interleaved(x))
record("attention", "alibi", None, (2, 6, 2, 3), apply=lambda m, x: alibi(x))

for family, records in families.items():
    with open(f"{sys.argv[1]}/torch_{family}.json", "w") as file:
        json.dump(records, file, separators=(",", ":"))
        file.write("\n")
