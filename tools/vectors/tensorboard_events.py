"""Writes the event files of tests/Ashlar.Lab.Tests/Events/Data with PyTorch's writer.

Usage: python3 tensorboard_events.py FOLDER    (torch 1.13, numpy 1.24, tensorboard for the writer's own needs)
The times are fixed, so that only the names of the files and what the writer says of the machine differ from run to run.
"""
import sys
import time

import numpy
import torch

clock = [1700000000.0]


def tick():
    clock[0] += 1
    return clock[0]


time.time = tick
from torch.utils.tensorboard import SummaryWriter  # noqa: E402

writer = SummaryWriter(sys.argv[1])
for i in range(5):
    writer.add_scalar("loss/train", 1 / (i + 1), i)
writer.add_scalar("new/style", 0.25, 3, new_style=True)
writer.add_histogram_raw("weights", min=-1.0, max=1.0, num=101, sum=0.5, sum_squares=34.0, bucket_limits=[-0.5, 0.0, 0.5, 1.0], bucket_counts=[26, 25, 25, 25], global_step=2)
writer.add_image("picture", (numpy.arange(12).reshape(1, 3, 4) * 20).astype(numpy.uint8), 2)
writer.add_text("note", "größer als **1** < 2", 4)
writer.add_graph(torch.nn.Linear(2, 3), torch.zeros(1, 2))
writer.add_hparams({"lr": 0.1, "wide": True, "name": "adam"}, {"hparam/accuracy": 0.9}, run_name="hp")
writer.close()
