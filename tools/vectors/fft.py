"""Values of NumPy, SciPy, PyTorch and mpmath for Fourier transforms, windows and convolutions, as JSON.

Run:  python3 tools/vectors/fft.py > tests/Ashlar.Tests/Vectors/fft.json
Made with NumPy 1.24.2, SciPy 1.10.1, PyTorch 1.13.1 and mpmath 1.2.1. Inputs are drawn by the same recurrence on both sides; of long transforms only some elements are recorded.
"""
import json
import mpmath
import numpy as np
import scipy.fft
import scipy.signal
import torch


def draw(seed, *shape):
    state, values = seed, []
    for _ in range(int(np.prod(shape))):
        state = (state * 1103515245 + 12345) % 2**31
        values.append(((state >> 8) % 128 - 64) / 64)
    return np.array(values).reshape(shape)


def pairs(z):
    z = np.asarray(z, complex).reshape(-1)
    return [[float(v.real), float(v.imag)] for v in z]


def complex_draw(seed, *shape):
    both = draw(seed, *shape, 2)
    return both[..., 0] + 1j * both[..., 1]


data = {"fft": [], "nd": [], "real": [], "norms": [], "windows": [], "stft": [], "convolve": []}
for n in [*range(1, 33), 97, 101, 1000, 1024, 4099]:
    x = complex_draw(n, n)
    step = max(1, n // 16)
    row = {"n": n, "step": step, "forward": pairs(np.fft.fft(x)[::step])}
    data["fft"].append(row | ({"inverse": pairs(np.fft.ifft(x)[::step])} if n % 5 < 2 else {}))

x = complex_draw(7, 3, 4, 5)
for name, result in {"FftN": np.fft.fftn(x), "IFftN": np.fft.ifftn(x), "Fft2": np.fft.fft2(x), "axis 1": np.fft.fft(x, axis=1),
                     "crop and fill": np.fft.fftn(x, s=(2, 6), axes=(0, 2)), "RFftN": np.fft.rfftn(x.real), "IRFftN": np.fft.irfftn(x), "IRFftN of 7": np.fft.irfftn(x, s=(4, 7))}.items():
    data["nd"].append({"name": name, "shape": list(result.shape), "values": pairs(result)})

for n in (1, 2, 3, 8, 9, 15):
    y, z = draw(n, n), complex_draw(n, n)
    row = {"n": n, "rfft": pairs(np.fft.rfft(y)), "ihfft": pairs(np.fft.ihfft(y)), "irfft of n": pairs(np.fft.irfft(z, n)), "hfft of n": pairs(np.fft.hfft(z, n)),
           "fftfreq": pairs(np.fft.fftfreq(n, 0.5)), "rfftfreq": pairs(np.fft.rfftfreq(n, 0.5)), "fftshift": pairs(np.fft.fftshift(y)), "ifftshift": pairs(np.fft.ifftshift(y))}
    data["real"].append(row)

for norm in ("backward", "ortho", "forward"):
    y, z = draw(9, 6), complex_draw(9, 6)
    data["norms"].append({"norm": norm, "Fft": pairs(np.fft.fft(z, norm=norm)), "IFft": pairs(np.fft.ifft(z, 8, norm=norm)), "RFft": pairs(np.fft.rfft(y, 4, norm=norm)),
                          "IRFft": pairs(np.fft.irfft(z, norm=norm)), "HFft": pairs(np.fft.hfft(z, norm=norm)), "IHFft": pairs(np.fft.ihfft(y, norm=norm))})

for n in (1, 2, 7, 8):
    for periodic in (True, False):
        w = scipy.signal.windows
        for name, window in {"Hann": "hann", "Hamming": "hamming", "Blackman": "blackman", "Bartlett": "bartlett", "Kaiser": ("kaiser", 8.6), "Gaussian": ("gaussian", 2.5)}.items():
            data["windows"].append({"name": name, "n": n, "periodic": periodic, "values": pairs(scipy.signal.get_window(window, n, fftbins=periodic))})

signal = torch.tensor(draw(5, 2, 24))
for name, options in {
    "plain": dict(n_fft=16), "windowed": dict(n_fft=16, hop_length=5, window=torch.hann_window(16, dtype=torch.float64)),
    "short window": dict(n_fft=15, hop_length=4, win_length=10, window=torch.hamming_window(10, dtype=torch.float64)),
    "not centred": dict(n_fft=16, hop_length=8, center=False), "normalized": dict(n_fft=12, normalized=True, pad_mode="constant"),
    "both sides": dict(n_fft=8, onesided=False, pad_mode="circular"), "replicated": dict(n_fft=9, hop_length=3, pad_mode="replicate"),
}.items():
    result = torch.stft(signal, return_complex=True, **options)
    row = {"name": name, "shape": list(result.shape), "values": pairs(result.numpy())}
    inverse = {k: v for k, v in options.items() if k != "pad_mode"}
    if options.get("center", True):
        back = torch.istft(result, **inverse)
        row |= {"back": pairs(back.numpy()), "back of 21": pairs(torch.istft(result, length=21, **inverse).numpy())}
    data["stft"].append(row)

for n, m in ((7, 3), (7, 4), (3, 6), (1, 5), (40, 33)):
    a, v = complex_draw(n, n), complex_draw(100 + m, m)
    for mode in ("full", "same", "valid"):
        data["convolve"].append({"n": n, "m": m, "mode": mode, "convolve": pairs(np.convolve(a, v, mode)), "correlate": pairs(np.correlate(a, v, mode))})

z = torch.tensor(complex_draw(3, 6), requires_grad=True)
(torch.fft.fft(z).abs().sum() + (torch.fft.ifft(z, norm="ortho") ** 2).real.sum()).backward()
r = torch.tensor(draw(3, 7), requires_grad=True)
torch.fft.rfft(r).abs().pow(3).sum().backward()
h = torch.tensor(complex_draw(4, 4), requires_grad=True)
torch.fft.irfft(h, 7).pow(3).sum().backward()
data["gradients"] = {"complex": pairs(z.grad.resolve_conj().numpy()), "rfft": pairs(r.grad.numpy()), "irfft": pairs(h.grad.resolve_conj().numpy())}

data["dct"] = []
for n in (1, 2, 5, 8):
    for norm in ("backward", "ortho", "forward"):
        y = draw(n, n)
        data["dct"].append({"n": n, "norm": norm, "dct": pairs(scipy.fft.dct(y, norm=norm)), "idct": pairs(scipy.fft.idct(y, norm=norm))})

mpmath.mp.prec = 200
data["turns"] = []
for count in (1, 2, 3, 7, 8, 12, 31, 97, 1000, 4099, 65536, 99991, 2**30, 10**12 + 39):
    for index in sorted({0, 1, count // 3, count // 8, count // 2, count * 5 // 7, count - 1}):
        if index < count:
            angle = 2 * mpmath.pi * index / count
            data["turns"].append({"index": index, "count": count, "cos": float(mpmath.cos(angle)), "sin": float(mpmath.sin(angle))})
print(json.dumps(data))
