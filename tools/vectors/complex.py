"""Values of NumPy for functions of complex numbers, and gradients of PyTorch, as JSON.

Run:  python3 tools/vectors/complex.py > tests/Ashlar.Tests/Vectors/complex.json
Made with NumPy 1.24.2 and PyTorch 1.13.1. Infinities and NaN are written as strings.
"""
import json
import numpy as np
import torch

np.seterr(all="ignore")
rng = np.random.default_rng(7)
points = rng.normal(size=24) + 1j * rng.normal(size=24)
special = [complex(a, b) for a in (0.0, -0.0, 1.5, -2.0, np.inf, -np.inf) for b in (0.0, -0.0, 3.0, np.inf)]
large = np.array([3e200 + 4e200j, 3e-200 - 4e-200j, 1e160 + 1e-160j, -5e-324 + 0j])


def number(v):
    return float(v) if np.isfinite(v) else str(float(v))


def pairs(z):
    return [[number(v.real), number(v.imag)] for v in np.asarray(z, complex).reshape(-1)]


functions = {
    "Exp": np.exp, "Expm1": np.expm1, "Log": np.log, "Log1p": np.log1p, "Sqrt": np.sqrt, "Sin": np.sin, "Cos": np.cos, "Tan": np.tan,
    "Sinh": np.sinh, "Cosh": np.cosh, "Tanh": np.tanh, "Asin": np.arcsin, "Acos": np.arccos, "Atan": np.arctan,
    "Asinh": np.arcsinh, "Acosh": np.arccosh, "Atanh": np.arctanh,
}
data = {"points": pairs(points), "special": pairs(special), "large": pairs(large)}
data["functions"] = {name: pairs(f(points)) for name, f in functions.items()}
data["special functions"] = {"Sqrt": pairs(np.sqrt(special))}
data["abs"] = [number(v) for v in np.abs(points)]
data["abs of large"] = [number(v) for v in np.abs(large)]
data["angle"] = [number(v) for v in np.angle(points)]
data["divide"] = pairs(points[:12] / points[12:])
data["divide large"] = pairs(large[:2] / large[[0, 0]])
data["pow"] = pairs(points[:12] ** points[12:])
data["prod"] = pairs(np.prod(points[:15].reshape(3, 5), axis=1))
data["matmul"] = pairs(points[:6].reshape(2, 3) @ points[6:12].reshape(3, 2))


def gradient(f, *arguments):
    tensors = [torch.tensor(a, requires_grad=True) for a in arguments]
    f(*tensors).backward()
    return [pairs(t.grad.resolve_conj().numpy()) for t in tensors]


a, b = points[:4], points[4:8]
data["gradients"] = {
    "abs": gradient(lambda z: z.abs().sum(), a),
    "angle": gradient(lambda z: z.angle().sum(), a),
    "divide": gradient(lambda x, y: (x / y).real.sum() + (x / y).imag.pow(2).sum(), a, b),
    "multiply": gradient(lambda x, y: (x * y.conj()).abs().pow(2).sum(), a, b),
    "exp": gradient(lambda z: z.exp().imag.sum(), a),
    "log": gradient(lambda z: (z.log() * z.log().conj()).real.sum(), a),
    "sqrt": gradient(lambda z: z.sqrt().imag.sum(), a),
    "tanh": gradient(lambda z: z.tanh().real.sum(), a),
    "matmul": gradient(lambda x, y: (x.reshape(2, 2) @ y.reshape(2, 2)).abs().sum(), a, b),
}
print(json.dumps(data))
