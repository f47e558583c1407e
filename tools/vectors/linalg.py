"""Values for linear algebra: mpmath in 60 digits for decompositions and solutions, NumPy for products of small integers, as JSON.

Run:  python3 tools/vectors/linalg.py > tests/Ashlar.Tests/Vectors/linalg.json
Made with mpmath 1.2.1 and NumPy 1.24.2. Every matrix is recorded as the float64 numbers from which its values were computed.
Longley's and Filip's regressions are from the Statistical Reference Datasets of NIST; the recorded coefficients agree with the certified ones to all their digits.
"""
import itertools
import json
import mpmath
import numpy as np

mpmath.mp.dps = 60
state = 4242


def draw(*shape):
    global state
    values = []
    for _ in range(int(np.prod(shape))):
        state = (state * 1103515245 + 12345) % 2**31
        values.append(((state >> 8) % 4096 - 2048) / 1024)
    return np.array(values).reshape(shape)


def whole(*shape):
    return np.floor(draw(*shape) * 4)


def numbers(array):
    array = np.asarray(array, dtype=float)
    return {"shape": list(array.shape), "values": [float(v) for v in array.reshape(-1)]}


def exact(array):
    return mpmath.matrix(np.asarray(array).tolist())


def back(matrix):
    return [[float(matrix[i, j]) for j in range(matrix.cols)] for i in range(matrix.rows)]


def hilbert(n):
    return np.array([[1 / (i + j + 1) for j in range(n)] for i in range(n)])


def kahan(n, angle=1.2):
    s, c = np.sin(angle), np.cos(angle)
    return np.diag(s ** np.arange(n)) @ (np.eye(n) - c * np.triu(np.ones((n, n)), 1))


def symmetric(a):
    return (a + a.T) / 2


def clustered(n):
    q, _ = np.linalg.qr(draw(n, n))
    return symmetric(q @ np.diag([1, 1 + 1e-14, 1 + 1e-9, 2, 2, -3][:n]) @ q.T)


record = {"eigh": [], "svd": [], "solve": [], "det": [], "exp": [], "leastSquares": [], "polynomial": [], "einsum": []}
for name, a in [("random", symmetric(draw(6, 6))), ("Hilbert 8", hilbert(8)), ("Hilbert 12", hilbert(12)), ("clustered", clustered(6)),
                ("graded", symmetric(np.diag(10.0 ** -np.arange(8)) @ draw(8, 8) @ np.diag(10.0 ** -np.arange(8)))),
                ("Wilkinson 9", np.diag(np.abs(np.arange(9) - 4.0)) + np.eye(9, k=1) + np.eye(9, k=-1)), ("zero", np.zeros((3, 3))), ("one", np.array([[-2.5]]))]:
    w, _ = mpmath.eigsy(exact(a))
    record["eigh"].append({"name": name, "matrix": numbers(a), "values": numbers(sorted(float(v) for v in w))})
for name, a in [("random", draw(5, 5)), ("tall", draw(7, 3)), ("wide", draw(3, 6)), ("Hilbert 8", hilbert(8)), ("Hilbert 12", hilbert(12)), ("Kahan 10", kahan(10)),
                ("Vandermonde", np.vander(np.linspace(0.1, 1, 8))), ("rank 2", whole(6, 2) @ whole(2, 4)), ("columns graded", draw(6, 6) @ np.diag(10.0 ** -(3 * np.arange(6.0)))), ("one", np.array([[-2.5]]))]:
    tall = exact(a if a.shape[0] >= a.shape[1] else a.T)
    s = mpmath.svd_r(tall, compute_uv=False)
    record["svd"].append({"name": name, "matrix": numbers(a), "values": numbers([float(v) if abs(v) > 1e-50 else 0.0 for v in s])})
for name, a in [("random", draw(6, 6)), ("Hilbert 8", hilbert(8)), ("Vandermonde", np.vander(np.linspace(0.1, 1, 8))), ("needs pivots", np.array([[0.0, 1, 2], [1, 0, 3], [4, -3, 8]])), ("one", np.array([[4.0]]))]:
    b = draw(a.shape[0], 2)
    record["solve"].append({"name": name, "matrix": numbers(a), "right": numbers(b), "solution": numbers(back(mpmath.lu_solve(exact(a), exact(b[:, :1]))) if b.shape[1] == 1 else np.hstack([back(mpmath.lu_solve(exact(a), exact(b[:, k:k + 1]))) for k in range(2)]))})
    record["det"].append({"name": name, "matrix": numbers(a), "value": float(mpmath.det(exact(a)))})
for name, a in [("small", draw(4, 4) / 256), ("random", draw(4, 4)), ("large", 20 * draw(3, 3)), ("nilpotent", np.triu(draw(4, 4), 1)), ("rotation", np.array([[0.0, -3], [3, 0]])), ("Ward", np.array([[-131.0, 19, 18], [-390, 56, 54], [-387, 57, 52]])), ("zero", np.zeros((2, 2)))]:
    record["exp"].append({"name": name, "matrix": numbers(a), "value": numbers(back(mpmath.expm(exact(a), method="taylor")))})

longley = np.array([
    [60323, 83.0, 234289, 2356, 1590, 107608, 1947], [61122, 88.5, 259426, 2325, 1456, 108632, 1948], [60171, 88.2, 258054, 3682, 1616, 109773, 1949],
    [61187, 89.5, 284599, 3351, 1650, 110929, 1950], [63221, 96.2, 328975, 2099, 3099, 112075, 1951], [63639, 98.1, 346999, 1932, 3594, 113270, 1952],
    [64989, 99.0, 365385, 1870, 3547, 115094, 1953], [63761, 100.0, 363112, 3578, 3350, 116219, 1954], [66019, 101.2, 397469, 2904, 3048, 117388, 1955],
    [67857, 104.6, 419180, 2822, 2857, 118734, 1956], [68169, 108.4, 442769, 2936, 2798, 120445, 1957], [66513, 110.8, 444546, 4681, 2637, 121950, 1958],
    [68655, 112.6, 482704, 3813, 2552, 123366, 1959], [69564, 114.2, 502601, 3931, 2514, 125368, 1960], [69331, 115.7, 518173, 4806, 2572, 127852, 1961],
    [70551, 116.9, 554894, 4007, 2827, 130081, 1962]])
certified = [-3482258.63459582, 15.0618722713733, -0.0358191792925910, -2.02022980381683, -1.03322686717359, -0.0511041056535807, 1829.15146461355]
x = np.arange(21.0)
powers = np.vander(x, 6, increasing=True)
for name, a, b in [("Longley", np.hstack([np.ones((16, 1)), longley[:, 1:]]), longley[:, 0]), ("Wampler 1", powers, powers.sum(1)),
                   ("Wampler 2", powers, np.array([float(sum(mpmath.mpf(int(k)) ** i / mpmath.mpf(10) ** i for i in range(6))) for k in x])), ("random", draw(9, 4), draw(9))]:
    m, right = exact(a), exact(b[:, None])
    solution = mpmath.lu_solve(m.T * m, m.T * right)
    if name == "Longley":
        assert all(abs(solution[i] / certified[i] - 1) < 1e-13 for i in range(7)), solution
    record["leastSquares"].append({"name": name, "matrix": numbers(a), "right": numbers(b), "solution": numbers([float(v) for v in solution]), "residual": float(mpmath.norm(m * solution - right) ** 2)})

filip_x = [
    -6.860120914, -4.324130045, -4.358625055, -4.358426747, -6.955852379, -6.661145254, -6.355462942, -6.118102026, -7.115148017, -6.815308569, -6.519993057,
    -6.204119983, -5.853871964, -6.109523091, -5.79832982, -5.482672118, -5.171791386, -4.851705903, -4.517126416, -4.143573228, -3.709075441, -3.499489089, -6.300769497,
    -5.953504836, -5.642065153, -5.031376979, -4.680685696, -4.329846955, -3.928486195, -8.56735134, -8.363211311, -8.107682739, -7.823908741, -7.522878745, -7.218819279,
    -6.920818754, -6.628932138, -6.323946875, -5.991399828, -8.781464495, -8.663140179, -8.473531488, -8.247337057, -7.971428747, -7.676129393, -7.352812702,
    -7.072065318, -6.774174009, -6.478861916, -6.159517513, -6.835647144, -6.53165267, -6.224098421, -5.910094889, -5.598599459, -5.290645224, -4.974284616, -4.64454848,
    -4.290560426, -3.885055584, -3.408378962, -3.13200249, -8.726767166, -8.66695597, -8.511026475, -8.165388579, -7.886056648, -7.588043762, -7.283412422, -6.995678626,
    -6.691862621, -6.392544977, -6.067374056, -6.684029655, -6.378719832, -6.065855188, -5.752272167, -5.132414673, -4.811352704, -4.098269308, -3.66174277, -3.2644011]
filip_y = [
    0.8116, 0.9072, 0.9052, 0.9039, 0.8053, 0.8377, 0.8667, 0.8809, 0.7975, 0.8162, 0.8515, 0.8766, 0.8885, 0.8859, 0.8959, 0.8913, 0.8959, 0.8971, 0.9021, 0.909, 0.9139,
    0.9199, 0.8692, 0.8872, 0.89, 0.891, 0.8977, 0.9035, 0.9078, 0.7675, 0.7705, 0.7713, 0.7736, 0.7775, 0.7841, 0.7971, 0.8329, 0.8641, 0.8804, 0.7668, 0.7633, 0.7678,
    0.7697, 0.77, 0.7749, 0.7796, 0.7897, 0.8131, 0.8498, 0.8741, 0.8061, 0.846, 0.8751, 0.8856, 0.8919, 0.8934, 0.894, 0.8957, 0.9047, 0.9129, 0.9209, 0.9219, 0.7739,
    0.7681, 0.7665, 0.7703, 0.7702, 0.7761, 0.7809, 0.7961, 0.8253, 0.8602, 0.8809, 0.8301, 0.8664, 0.8834, 0.8898, 0.8964, 0.8963, 0.9074, 0.9119, 0.9228]
filip = [-1467.48961422980, -2772.17959193342, -2316.37108160893, -1127.97394098372, -354.478233703349, -75.1242017393757, -10.8753180355343, -1.06221498588947, -0.670191154593408e-01, -0.246781078275479e-02,
         -0.402962525080404e-04]
powers = mpmath.matrix([[mpmath.mpf(str(x)) ** k for k in range(11)] for x in filip_x])
solution = mpmath.lu_solve(powers.T * powers, powers.T * mpmath.matrix([mpmath.mpf(str(y)) for y in filip_y]))
assert all(abs(solution[i] / filip[i] - 1) < 1e-13 for i in range(11)), solution
record["polynomial"].append({"name": "Filip", "x": numbers(filip_x), "y": numbers(filip_y), "solution": numbers([float(v) for v in solution])})

for equation, shapes in [("ij,jk->ik", [(2, 3), (3, 4)]), ("ij,jk", [(2, 3), (3, 4)]), ("ba,c", [(2, 3), (4,)]), ("ii", [(3, 3)]), ("ii->i", [(3, 3)]), ("ij->ji", [(2, 3)]), ("ij->", [(2, 3)]),
                         ("ij->j", [(2, 3)]), ("i,i", [(4,), (4,)]), ("i,j->ij", [(2,), (3,)]), ("...ij,...jk->...ik", [(2, 1, 3, 4), (5, 4, 2)]), ("...ij,...jk", [(2, 3, 4), (4, 2)]),
                         ("bij,bjk->bik", [(2, 3, 4), (2, 4, 2)]), ("bhqd,bhkd->bhqk", [(2, 2, 3, 4), (2, 2, 5, 4)]), ("ijk,jil->kl", [(2, 3, 4), (3, 2, 5)]), ("i...->...", [(3, 2, 2)]),
                         ("...ii->...i", [(2, 3, 3)]), ("iij,jk->ik", [(2, 2, 3), (3, 4)]), ("ij,jk,kl->il", [(2, 3), (3, 4), (4, 2)]), ("ij,kj,lj->ikl", [(2, 3), (4, 3), (2, 3)]),
                         ("a,ab,abc->c", [(2,), (2, 3), (2, 3, 4)]), ("ab,cd,ef,gh->", [(1, 2), (2, 1), (2, 2), (1, 1)]), (",ij->ij", [(), (2, 3)]), ("i,i,i->i", [(3,), (3,), (3,)]),
                         ("ij,jk->ik", [(2, 1), (3, 4)]), ("iji->j", [(2, 3, 2)]), ("... , ...", [(2, 3), (3,)]), ("ij,jk->k", [(2, 0), (0, 3)]), ("Ab,bA->Ab", [(2, 3), (3, 2)])]:
    operands = [whole(*shape) for shape in shapes]
    record["einsum"].append({"equation": equation, "operands": [numbers(o) for o in operands], "result": numbers(np.einsum(equation, *operands))})
print(json.dumps(record, separators=(",", ":")))
