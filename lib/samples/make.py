"""Makes the sample pictures beside it: python make.py WHEEL SUDOKU, with Pillow, NumPy, tifffile and imagecodecs.

WHEEL is that of scikit-image 0.26; SUDOKU is samples/data/sudoku.png of OpenCV 4, as Debian's package opencv-doc has it.
README.md says whose the pictures are.
"""

import csv
import io
import os
import sys
import zipfile

import numpy
import tifffile
from PIL import Image

here = os.path.dirname(os.path.abspath(__file__))
wheel = zipfile.ZipFile(sys.argv[1])
# Of each photograph six rows of six squares, from its middle; the squares of a row are neighbours.
PHOTOGRAPHS = {"galaxies": "hubble_deep_field.jpg", "retina": "retina.jpg", "tissue": "ihc.png"}
SIDES = [66, 72, 80]  # of several sizes, as pictures come

with zipfile.ZipFile(os.path.join(here, "photographs.zip"), "w") as archive:
    for name, file in PHOTOGRAPHS.items():
        photograph = Image.open(wheel.open(f"skimage/data/{file}")).convert("RGB")
        left, top = (photograph.width - 480) // 2, (photograph.height - 480) // 2
        for row in range(6):
            for column in range(6):
                side = SIDES[(row + column) % 3]
                x, y = left + 80 * column, top + 80 * row
                jpeg = io.BytesIO()
                photograph.crop((x, y, x + side, y + side)).save(jpeg, "JPEG", quality=85)
                # With a date of its own the archive is the same each time.
                entry = zipfile.ZipInfo(f"photographs/{name}/row{row}-{column}.jpg", (2026, 1, 1, 0, 0, 0))
                archive.writestr(entry, jpeg.getvalue())

# The middle of each printed digit: x, y, and which it is.
DIGITS = [
    (234, 108, 6), (328, 107, 4), (373, 106, 7), (91, 152, 7), (186, 152, 6), (472, 142, 9), (328, 195, 5),
    (424, 191, 8), (133, 239, 7), (279, 240, 2), (427, 238, 9), (477, 237, 3), (79, 286, 8), (480, 285, 5),
    (76, 336, 4), (128, 336, 3), (278, 336, 1), (429, 336, 7), (123, 387, 5), (227, 387, 2), (68, 438, 3),
    (381, 440, 2), (489, 440, 8), (172, 493, 2), (224, 494, 3), (328, 493, 1),
]  # fmt: skip
HALF = (17, 18)
page = Image.open(sys.argv[2]).convert("RGB")
page.crop((26, 80, 526, 524)).save(os.path.join(here, "page.jpg"), quality=80)
os.makedirs(os.path.join(here, "digits"), exist_ok=True)
with open(os.path.join(here, "digits", "labels.csv"), "w", newline="") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["file", "digit"])
    for number, (x, y, digit) in enumerate(DIGITS, 1):
        name = f"{digit}-{number:02}.png"
        box = (x - HALF[0], y - HALF[1], x + HALF[0], y + HALF[1])
        page.crop(box).save(os.path.join(here, "digits", name))
        table.writerow([name, digit])

# Binned as cameras do it: the sum of two by two pixels of 8 bits needs ten, and is stored in sixteen.
cell = numpy.asarray(Image.open(wheel.open("skimage/data/cell.png")), numpy.uint16)
binned = cell.reshape(330, 2, 275, 2).sum((1, 3), dtype=numpy.uint16)
tifffile.imwrite(os.path.join(here, "cell.tif"), binned, compression="zlib", predictor=True)
