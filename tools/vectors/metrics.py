"""Values of scikit-learn for metrics, as JSON.

Run:  python3 tools/vectors/metrics.py > tests/Ashlar.Learn.Tests/Vectors/metrics.json
Made with scikit-learn 1.2.1 and NumPy 1.24 in float64. All inputs are multiples of 1/64, so they are exact in the file; scores have ties on purpose.
"""
import json
import numpy as np
from sklearn import metrics as m
from sklearn.preprocessing import label_binarize

state = 1971


def draw(*shape):
    """Multiples of 1/64 in [-2, 2) from a linear congruential generator."""
    global state
    values = []
    for _ in range(int(np.prod(shape))):
        state = (state * 1103515245 + 12345) % 2**31
        values.append(((state >> 8) % 256 - 128) / 64)
    return np.array(values).reshape(shape)


def labels(n, classes):
    return np.floor((draw(n) + 2) / 4 * classes).astype(int)


def numbers(array):
    array = np.asarray(array, dtype=float)
    return {"shape": list(array.shape), "values": [float(v) for v in array.reshape(-1)]}


def softmax(x):
    e = np.exp(x - x.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


n, c = 60, 5
y = labels(n, c - 1)  # class 4 occurs in the predictions alone
logits = draw(n, c) + 1.5 * np.eye(c)[y]
p = logits.argmax(1)
averages = ["micro", "macro", "weighted"]
classes = {
    "scores": numbers(logits), "target": numbers(y),
    "accuracy": m.accuracy_score(y, p),
    "top 2": m.top_k_accuracy_score(y, logits, k=2, labels=range(c)),
    "top 3": m.top_k_accuracy_score(y, logits, k=3, labels=range(c)),
    "confusion": numbers(m.confusion_matrix(y, p, labels=range(c))),
    "log loss": m.log_loss(y, softmax(logits), labels=range(c)),
    "perplexity": float(np.exp(m.log_loss(y, softmax(logits), labels=range(c)))),
    "precision": {a: m.precision_score(y, p, average=a, zero_division=0) for a in averages},
    "recall": {a: m.recall_score(y, p, average=a, zero_division=0) for a in averages},
    "f1": {a: m.f1_score(y, p, average=a, zero_division=0) for a in averages},
    "precision of classes": numbers(m.precision_score(y, p, average=None, labels=range(c), zero_division=0)),
}

y4 = labels(n, 3)
q = np.floor(softmax(draw(n, 3) + np.eye(3)[y4]) * 16) / 16  # many ties
several = {
    "scores": numbers(q), "target": numbers(y4),
    "auc": float(np.mean([m.roc_auc_score(y4 == k, q[:, k]) for k in range(3)])),
    "average precision": float(np.mean([m.average_precision_score(y4 == k, q[:, k]) for k in range(3)])),
}

yb = labels(n, 2)
s = np.clip(np.round((draw(n) / 4 + 0.5 + (yb - 0.5) / 2) * 32) / 32, 0, 1)  # ties, and certain answers that may be wrong
pb = (s > 0.5).astype(int)
binary = {
    "scores": numbers(s), "target": numbers(yb),
    "accuracy": m.accuracy_score(yb, pb),
    "precision": m.precision_score(yb, pb), "recall": m.recall_score(yb, pb), "f1": m.f1_score(yb, pb),
    "auc": m.roc_auc_score(yb, s), "average precision": m.average_precision_score(yb, s),
    "log loss": m.log_loss(yb, s),
}

t = draw(n, 2) + 3
r = t + draw(n, 2) / 4
regression = {
    "predictions": numbers(r), "target": numbers(t),
    "mse": m.mean_squared_error(t, r), "rmse": float(np.sqrt(m.mean_squared_error(t, r))), "mae": m.mean_absolute_error(t, r),
    "mape": m.mean_absolute_percentage_error(t, r), "r2": m.r2_score(t, r),
    "r2 of the first": m.r2_score(t[:, 0], r[:, 0]),
}
print(json.dumps({"classes": classes, "several": several, "binary": binary, "regression": regression}))
