"""Steps of the optimizers that PyTorch 1.13 lacks or has otherwise, written from the papers in NumPy float64, as JSON.

Run:  python3 tools/vectors/optimizers.py > tests/Ashlar.Learn.Tests/Vectors/optimizers.json
Made with NumPy 1.24. The problem is that of torch_training.py: fit tanh(x w) + b to y.
"""
import json
import numpy as np

state = 99


def draw(*shape):
    global state
    values = []
    for _ in range(int(np.prod(shape))):
        state = (state * 1103515245 + 12345) % 2**31
        values.append(((state >> 8) % 256 - 128) / 64)
    return np.array(values).reshape(shape)


def numbers(array):
    return {"shape": list(array.shape), "values": [float(v) for v in array.reshape(-1)]}


def run(make, steps=8):
    global state
    state = 99
    x, y = draw(5, 3), draw(5, 4)
    w, b = draw(3, 4) / 2, draw(4)
    record = {"x": numbers(x), "y": numbers(y), "w": numbers(w), "b": numbers(b), "steps": []}
    rules = [make(), make()]
    for t in range(1, steps + 1):
        h = np.tanh(x @ w)
        d = 2 * (h + b - y) / y.size
        gradients = [x.T @ (d * (1 - h * h)), d.sum(0)]
        w, b = rules[0](w, gradients[0], t), rules[1](b, gradients[1], t)
        record["steps"].append({"w": numbers(w), "b": numbers(b)})
    return record


def nadam(rate=0.125, beta1=0.9, beta2=0.999, eps=1e-8, decay=0.0, psi=4e-3):
    m = v = 0.0
    product = 1.0
    mu = lambda t: beta1 * (1 - 0.5 * 0.96 ** (t * psi))

    def step(w, g, t):
        nonlocal m, v, product
        g = g + decay * w
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
        product *= mu(t)
        ahead = mu(t + 1) * m / (1 - product * mu(t + 1)) + (1 - mu(t)) * g / (1 - product)
        return w - rate * ahead / (np.sqrt(v / (1 - beta2**t)) + eps)

    return step


def lion(rate=0.03125, beta1=0.9, beta2=0.99, decay=0.0):
    m = 0.0

    def step(w, g, t):
        nonlocal m
        u = np.sign(beta1 * m + (1 - beta1) * g)
        m = beta2 * m + (1 - beta2) * g
        return w - rate * (u + decay * w)

    return step


def lamb(rate=0.125, beta1=0.9, beta2=0.999, eps=1e-6, decay=0.01):
    m = v = 0.0

    def step(w, g, t):
        nonlocal m, v
        m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g * g
        r = (m / (1 - beta1**t)) / (np.sqrt(v / (1 - beta2**t)) + eps) + decay * w
        ratio = np.linalg.norm(w) / np.linalg.norm(r)
        return w - rate * ratio * r

    return step


def lars(rate=32.0, momentum=0.9, decay=0.0, trust=1e-3):
    v = 0.0

    def step(w, g, t):
        nonlocal v
        local = trust * np.linalg.norm(w) / (np.linalg.norm(g) + decay * np.linalg.norm(w) + 1e-8)
        v = momentum * v + rate * local * (g + decay * w)
        return w - v

    return step


def adafactor(rate=0.125, eps1=1e-30, eps2=1e-3, d=1.0, decay=0.0):
    rows = columns = 0.0
    rms = lambda x: np.sqrt(np.mean(x * x))

    def step(w, g, t):
        nonlocal rows, columns
        beta = 1 - t**-0.8
        square = g * g + eps1
        if w.ndim == 2:
            # Algorithm 4 with sums, as printed.
            rows = beta * rows + (1 - beta) * square.sum(1)
            columns = beta * columns + (1 - beta) * square.sum(0)
            v = np.outer(rows, columns) / rows.sum()
        else:
            rows = beta * rows + (1 - beta) * square
            v = rows
        u = g / np.sqrt(v)
        u = u / max(1, rms(u) / d)
        return w * (1 - rate * decay) - min(rate, 1 / np.sqrt(t)) * max(eps2, rms(w)) * u

    return step


def muon(rate=0.125, mu=0.95, decay=0.0, nesterov=True, adam=0.25):
    m = v = 0.0

    def step(w, g, t):
        nonlocal m, v
        if w.ndim < 2:
            m, v = 0.9 * m + 0.1 * g, 0.95 * v + 0.05 * g * g
            r = rate * adam
            return w * (1 - r * decay) - r * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.95**t)) + 1e-10)
        m = mu * m + (1 - mu) * g
        u = (1 - mu) * g + mu * m if nesterov else m
        # The quintic of the singular values, taken through the decomposition instead of products of matrices.
        left, s, right = np.linalg.svd(u, full_matrices=False)
        s = s / (np.linalg.norm(u) + 1e-7)
        for _ in range(5):
            s = 3.4445 * s - 4.775 * s**3 + 2.0315 * s**5
        return w * (1 - rate * decay) - rate * max(1, w.shape[0] / w.shape[1]) ** 0.5 * (left * s) @ right

    return step


print(json.dumps({"optimizers": {
    "nadam": run(nadam),
    "nadam, all": run(lambda: nadam(0.125, 0.8, 0.95, 1e-4, 0.125, 0.25)),
    "lion": run(lion),
    "lion, all": run(lambda: lion(0.0625, 0.75, 0.875, 0.25)),
    "lamb": run(lamb),
    "lamb, all": run(lambda: lamb(0.0625, 0.8, 0.95, 1e-4, 0.25)),
    "lars": run(lars),
    "lars, all": run(lambda: lars(2.0, 0.75, 0.125, 0.03125)),
    "adafactor": run(adafactor),
    "adafactor, all": run(lambda: adafactor(0.5, d=0.75, decay=0.125)),
    "muon": run(muon),
    "muon, all": run(lambda: muon(0.0625, 0.75, 0.25, False)),
}}, separators=(",", ":")))
