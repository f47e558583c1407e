"""Trains a small network on a sixth of the digits with PyTorch and writes it as ONNX: what samples/fine-tuning.cs trains further.

    python3 tools/digits-network/train.py samples/data/digits/digits.csv.gz samples/data/digits-network/digits.onnx

Made with PyTorch 1.13.0. Another version may give other bits, and then another accuracy in docs/bring-your-onnx-model.md."""
import gzip
import sys

import numpy
import torch

rows = numpy.loadtxt(gzip.open(sys.argv[1], "rt"), delimiter=",", dtype=numpy.float32)
seen = [0] * 10
test = numpy.zeros(len(rows), dtype=bool)
for i, label in enumerate(rows[:, -1].astype(int)):
    seen[label] += 1
    test[i] = seen[label] % 5 == 0  # the split of Ashlar.Data.Datasets.Digits
x = torch.from_numpy(rows[:, :-1] / 16).reshape(-1, 1, 8, 8)
y = torch.from_numpy(rows[:, -1].astype(numpy.int64))
known_x, known_y = x[~test][:240], y[~test][:240]

torch.manual_seed(1)
torch.set_num_threads(1)
network = torch.nn.Sequential(
    torch.nn.Conv2d(1, 8, 3, padding=1), torch.nn.ReLU(), torch.nn.MaxPool2d(2),
    torch.nn.Conv2d(8, 16, 3, padding=1), torch.nn.ReLU(), torch.nn.Flatten(),
    torch.nn.Linear(256, 32), torch.nn.ReLU(), torch.nn.Linear(32, 10))
optimizer = torch.optim.Adam(network.parameters(), lr=2e-3)
for epoch in range(12):
    for batch in torch.randperm(len(known_x)).split(32):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(network(known_x[batch]), known_y[batch]).backward()
        optimizer.step()

network.eval()
right = (network(x[test]).argmax(1) == y[test]).float().mean()
print(f"{right:.4f} of the test images are read")
torch.onnx.export(network, x[:1], sys.argv[2], opset_version=13, input_names=["image"], output_names=["logits"], dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}})
