"""One epoch of the small CNN in PyTorch: the same model, batch, optimiser and data as `ashlar train fashion-mnist`.

Prints one JSON line: seconds of the training epoch with the evaluation on the test images that follows it, and the accuracy.
usage: peer.py DATA_FOLDER THREADS EPOCHS
"""
import gzip
import json
import os
import sys
import time

import numpy as np
import torch
import torch.nn as nn


def idx(folder, name):
    with gzip.open(os.path.join(folder, name), "rb") as file:
        data = file.read()
    rank = data[3]
    extents = [int.from_bytes(data[4 + 4 * i:8 + 4 * i], "big") for i in range(rank)]
    return np.frombuffer(data, dtype=np.uint8, offset=4 + 4 * rank).reshape(extents)


folder, threads, epochs = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(0)
x = torch.from_numpy(idx(folder, "train-images-idx3-ubyte.gz").copy())
y = torch.from_numpy(idx(folder, "train-labels-idx1-ubyte.gz").astype(np.int64))
tx = torch.from_numpy(idx(folder, "t10k-images-idx3-ubyte.gz").copy())
ty = torch.from_numpy(idx(folder, "t10k-labels-idx1-ubyte.gz").astype(np.int64))
model = nn.Sequential(
    nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
    nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Linear(128, 10))
optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
loss_of = nn.CrossEntropyLoss()


def batch(images, rows):
    return images[rows].unsqueeze(1).float() / 255


start = time.perf_counter()
for epoch in range(epochs):
    model.train()
    order = torch.randperm(len(x))
    total = 0.0
    for first in range(0, len(x), 64):
        rows = order[first:first + 64]
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model(batch(x, rows)), y[rows])
        loss.backward()
        optimizer.step()
        total += loss.item()
    model.eval()
    hits = 0
    with torch.no_grad():
        for first in range(0, len(tx), 256):
            rows = slice(first, first + 256)
            hits += int((model(batch(tx, rows)).argmax(1) == ty[rows]).sum())
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds / epochs, "testAccuracy": hits / len(tx), "torch": torch.__version__}))
