"""Writes the drawn calls as a tree of test cases, with what ONNX Runtime computes: write.py FOLDER [SEED [COUNT]]"""
import base64
import json
import os
import shutil
import subprocess
import sys

import numpy as np

import cases
from onnxfile import model, tensor

folder, seed, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1, int(sys.argv[3]) if len(sys.argv) > 3 else 1200
shutil.rmtree(folder, ignore_errors=True)
here = os.path.dirname(os.path.abspath(__file__))
runtime = subprocess.Popen(["node", os.path.join(here, "..", "onnx-models", "ort.js")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def ask(request):
    runtime.stdin.write(json.dumps(request) + "\n")
    runtime.stdin.flush()
    return json.loads(runtime.stdout.readline())


refused = 0
for place, (op, inputs, attributes, opset, outputs, constant) in enumerate(cases.draw(seed, count)):
    while inputs[-1] is None:
        inputs = inputs[:-1]
    arrays = {f"x{i}": np.asarray(array) for i, array in enumerate(inputs) if array is not None}
    given = {name: array for name, array in arrays.items() if int(name[1:]) not in constant}
    names = [f"x{i}" if array is not None else "" for i, array in enumerate(inputs)]
    case = os.path.join(folder, f"{op}_{place:04d}")
    data = os.path.join(case, "test_data_set_0")
    os.makedirs(data)
    with open(os.path.join(case, "model.onnx"), "wb") as file:
        file.write(model(op, names, given, {name: array for name, array in arrays.items() if name not in given}, [f"y{i}" for i in range(outputs)], attributes, opset))
    answer = ask({"open": os.path.abspath(os.path.join(case, "model.onnx"))})
    if "failed" not in answer:
        answer = ask({"inputs": {name: {"type": array.dtype.name, "dims": list(array.shape), "data": base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()} for name, array in given.items()}})
    if "failed" in answer:
        refused += 1
        shutil.rmtree(case)
        continue
    for i, array in enumerate(given.values()):
        with open(os.path.join(data, f"input_{i}.pb"), "wb") as file:
            file.write(tensor(array, list(given)[i]))
    for i in range(outputs):
        value = answer[f"y{i}"]
        with open(os.path.join(data, f"output_{i}.pb"), "wb") as file:
            file.write(tensor(np.frombuffer(base64.b64decode(value["data"]), value["type"]).reshape(value["dims"]), f"y{i}"))
runtime.stdin.close()
print(f"{count} calls, {refused} of them refused by ONNX Runtime")
