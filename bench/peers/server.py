"""The peers' side of the table: does what the lines of standard input ask for, one JSON object each, and answers with one line.

{"do": "open", "peer": "gemm.matmul", "inputs": [FILE...], "arguments": {...}}   -> {"ways": {"new torch": SECONDS...}}  one call each, warm
{"do": "time", "way": "new torch", "times": N}                                    -> {"seconds": SECONDS of one call}
{"do": "check", "way": "new torch", "results": [FILE...], "calls": N}                -> {"error": ..., "peerError": ...}
{"do": "close"}                                                                   -> {}
"""
import ctypes
import gc
import importlib
import json
import os
import statistics
import sys
import time
from importlib import metadata

import numpy as np
import torch

threads = int(os.environ["OMP_NUM_THREADS"])
torch.set_num_threads(threads)
torch.set_num_interop_threads(1)
os.setpgrp()  # so that a signal to the group stops what this process starts, too
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import onnx_runtime  # noqa: E402 (found by the line above)


def blas():
    """The BLAS that is loaded, by the process's own map, and the kernels it chose."""
    np.ones((2, 2)) @ np.ones((2, 2))
    files = sorted({line.split()[-1] for line in open("/proc/self/maps") if "blas" in line.split()[-1]})
    for file in files:
        if "openblas" in os.path.basename(file):
            library = ctypes.CDLL(file)
            library.openblas_get_config.restype = ctypes.c_char_p
            library.openblas_get_corename.restype = ctypes.c_char_p
            return f"{os.path.basename(file)}: {library.openblas_get_config().decode()}, kernels {library.openblas_get_corename().decode()}, {library.openblas_get_num_threads()} threads"
    return "not OpenBLAS: " + " ".join(os.path.basename(file) for file in files)


def versions():
    def of(package):
        try:
            return metadata.version(package)
        except metadata.PackageNotFoundError:
            return "-"
    simd = [line.strip() for line in torch.__config__.show().splitlines() if "CPU capability" in line]
    return {"torch": torch.__version__, "numpy": np.__version__, "scipy": of("scipy"), "scikit-learn": of("scikit-learn"),
            "onnxruntime": onnx_runtime.version(), "blas": blas(), "torchKernels": simd[0].split()[-1] if simd else "-"}


def once(call, best):
    """Seconds of one warm call: the median of a few, since threads that spin have a fine best case and a bad usual one. A long first call far behind the best so far is enough."""
    window = getattr(call, "window", None)
    start = time.perf_counter()
    window(1) if window else call()
    first = time.perf_counter() - start
    if first > 0.1 and first > 2 * best:
        return first
    if window:
        return window(max(1, min(200, int(0.02 / first))))
    seconds = []
    while len(seconds) < 200 and sum(seconds) < 0.02:
        start = time.perf_counter()
        call()
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def arrays(result):
    if not isinstance(result, (list, tuple)):
        result = [result]
    return [value.detach().resolve_conj().numpy() if isinstance(value, torch.Tensor) else np.asarray(value) for value in result]


WRONG = 1e300  # JSON knows no infinity


def difference(results, exact):
    """The largest difference, relative to the largest magnitude of each exact result; infinite where shapes differ."""
    worst = 0.0
    if len(results) != len(exact):
        return WRONG
    for got, want in zip(results, exact):
        if got.shape != want.shape:
            return WRONG
        if want.size:
            scale = np.abs(want).max() or 1
            worst = max(worst, float((np.abs(got.astype(want.dtype) - want) / scale).max()))
    return worst if worst == worst else WRONG


class Server:
    work = None

    def open(self, peer, inputs, arguments):
        module, name = peer.split(".")
        self.work = getattr(importlib.import_module(module), name)(*[np.load(file) for file in inputs], **arguments)
        self.ways = {f"{kind} {name}": call for kind, calls in (("new", self.work.new), ("out", self.work.out)) for name, call in calls.items()}
        seconds = {}
        for name, call in self.ways.items():
            seconds[name] = once(call, min(seconds.values(), default=float("inf")))
        return {"ways": seconds}

    def time(self, way, times):
        call = self.ways[way]
        if hasattr(call, "window"):
            return {"seconds": call.window(times)}
        for _ in range(max(1, times // 4)):
            call()
        start = time.perf_counter()
        for _ in range(times):
            call()
        return {"seconds": (time.perf_counter() - start) / times}

    def check(self, way, results, calls):
        mine = [np.load(file) for file in results]
        fresh = self.work.fresh() if self.work.fresh else self.ways[way]
        for _ in range(calls):
            theirs = arrays(fresh())
        if self.work.error:
            return {"error": float(self.work.error(mine)), "peerError": float(self.work.error(theirs))}
        exact = arrays(self.work.exact())
        return {"error": difference(mine, exact), "peerError": difference(theirs, exact)}

    def close(self):
        self.work = self.ways = None
        gc.collect()
        return {}


server = Server()
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # what a library prints goes to standard error
print(json.dumps(versions()), file=answers, flush=True)
for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = getattr(server, request.pop("do"))(**request)
    except Exception as error:  # reported by the table with the row's name
        answer = {"failed": f"{type(error).__name__}: {error}"}
    print(json.dumps(answer), file=answers, flush=True)
