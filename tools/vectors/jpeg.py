"""Small JPEG pictures and the pixels that Pillow (libjpeg-turbo) decodes them to.

    python3 tools/vectors/jpeg.py > tests/Ashlar.Models.Tests/Onnx/Vectors/jpeg.json
"""
import base64
import io
import json

import numpy as np
from PIL import Image

rows, columns = 21, 19
y, x = np.mgrid[0:rows, 0:columns]
picture = np.stack([x * 13 % 256, (y * 11 + x * 3) % 256, 255 - (x * y) % 256], -1).astype(np.uint8)
cases = []
for name, mode, options in [
    ("full colour", "RGB", {"subsampling": 0}),
    ("colour halved along rows", "RGB", {"subsampling": 1}),
    ("colour halved", "RGB", {"subsampling": 2}),
    ("grey", "L", {}),
    ("own tables", "RGB", {"subsampling": 2, "optimize": True, "quality": 35}),
    ("progressive", "RGB", {"subsampling": 0, "progressive": True}),
    ("progressive, colour halved", "RGB", {"subsampling": 2, "progressive": True, "quality": 90}),
    ("progressive grey", "L", {"progressive": True}),
]:
    stream = io.BytesIO()
    Image.fromarray(picture).convert(mode).save(stream, "JPEG", **options)
    stream.seek(0)
    pixels = np.array(Image.open(stream).convert("RGB"))
    cases.append({"name": name, "file": base64.b64encode(stream.getvalue()).decode(), "pixels": base64.b64encode(pixels.tobytes()).decode()})
print(json.dumps({"rows": rows, "columns": columns, "cases": cases}))
