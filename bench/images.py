# Python's part of images.mjs: makes the folders of pictures, and reads them with Keras or torchvision.
#
#   images.py make FOLDER COUNT HEIGHT WIDTH
#   images.py keras|torchvision FOLDER SIZE BATCH PASSES
import json
import os
import resource
import sys
import time


def make(folder, count, height, width):
    """Pictures with soft colours and a camera's noise, in ten classes, as JPEGs of quality 90."""
    import numpy as np
    from PIL import Image

    random = np.random.default_rng(count)
    # Noise is dear to draw and needn't be another one in each picture: windows of one field.
    noise = random.normal(0, 8, (height + 64, width + 64, 3)).astype('float32')
    for i in range(count):
        target = os.path.join(folder, f'class{i % 10}')
        os.makedirs(target, exist_ok=True)
        soft = random.normal(128, 50, (height // 8 + 2, width // 8 + 2, 3)).clip(0, 255).astype('uint8')
        picture = np.asarray(Image.fromarray(soft).resize((width, height), Image.BICUBIC), 'float32')
        top, left = random.integers(0, 64, 2)
        picture = picture + noise[top : top + height, left : left + width]
        Image.fromarray(picture.clip(0, 255).astype('uint8')).save(os.path.join(target, f'{i}.jpg'), quality=90)


def keras_batches(folder, size, batch):
    import keras

    data = keras.utils.image_dataset_from_directory(
        folder, image_size=(size, size), batch_size=batch, shuffle=True, seed=1, verbose=False
    )
    return lambda: (len(x) for x, _ in data)


def torch_batches(folder, size, batch):
    import torch
    from torchvision import datasets, transforms

    steps = transforms.Compose([transforms.Resize((size, size), antialias=False), transforms.PILToTensor()])
    loader = torch.utils.data.DataLoader(
        datasets.ImageFolder(folder, steps), batch_size=batch, shuffle=True, num_workers=os.cpu_count()
    )
    return lambda: (len(x) for x, _ in loader)


def peak():
    """Of this process, in megabytes; torchvision's workers come on top."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


kind, folder, *numbers = sys.argv[1:]
if kind == 'make':
    make(folder, *map(int, numbers))
else:
    size, batch, passes = map(int, numbers)
    batches = {'keras': keras_batches, 'torchvision': torch_batches}[kind](folder, size, batch)
    rates = []
    for _ in range(passes):
        start = time.perf_counter()
        count = sum(batches())
        rates.append(count / (time.perf_counter() - start))
    print(json.dumps({'rates': rates, 'peak': peak()}))
