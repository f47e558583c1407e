"""Small TIFF pictures and the pixels that Pillow (libtiff) decodes them to.

    python3 tools/vectors/tiff.py > tests/Ashlar.Models.Tests/Onnx/Vectors/tiff.json
"""
import base64
import io
import json

import numpy as np
from PIL import Image

rows, columns = 9, 7
y, x = np.mgrid[0:rows, 0:columns]
picture = np.stack([x * 13 % 256, (y * 11 + x // 3 * 3) % 256, 255 - (x * y) % 256], -1).astype(np.uint8)
cases = []
for name, mode, options in [
    ("colour", "RGB", {}),
    ("colour in runs", "RGB", {"compression": "packbits"}),
    ("colour deflated", "RGB", {"compression": "tiff_adobe_deflate"}),
    ("colour deflated, in strips of differences", "RGB", {"compression": "tiff_adobe_deflate", "tiffinfo": {317: 2, 278: 2}}),
    ("grey", "L", {}),
    ("palette", "P", {}),
]:
    stream = io.BytesIO()
    Image.fromarray(picture).convert(mode).save(stream, "TIFF", **options)
    stream.seek(0)
    pixels = np.array(Image.open(stream).convert("RGB"))
    cases.append({"name": name, "file": base64.b64encode(stream.getvalue()).decode(), "pixels": base64.b64encode(pixels.tobytes()).decode()})
print(json.dumps({"rows": rows, "columns": columns, "cases": cases}))
