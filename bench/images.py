# Python's part of images.mjs: makes the folders of pictures, and reads them with Keras or PyTorch.
#
#   images.py make FOLDER COUNT HEIGHT WIDTH
#   images.py keras|pytorch FOLDER SIZE BATCH PASSES
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
    """What torchvision's ImageFolder, Resize and PILToTensor do, which can't always be had beside PyTorch."""
    import numpy as np
    import torch
    from PIL import Image

    class Folder(torch.utils.data.Dataset):
        def __init__(self):
            classes = sorted(entry.name for entry in os.scandir(folder) if entry.is_dir())
            self.files = [
                (os.path.join(folder, name, file), label)
                for label, name in enumerate(classes)
                for file in sorted(os.listdir(os.path.join(folder, name)))
            ]

        def __len__(self):
            return len(self.files)

        def __getitem__(self, i):
            path, label = self.files[i]
            with open(path, 'rb') as file:
                picture = Image.open(file).convert('RGB')
            if picture.size != (size, size):
                picture = picture.resize((size, size), Image.BILINEAR)
            return torch.as_tensor(np.array(picture, copy=True)).permute(2, 0, 1), label

    loader = torch.utils.data.DataLoader(Folder(), batch_size=batch, shuffle=True, num_workers=os.cpu_count())
    return lambda: (len(x) for x, _ in loader)


def peak():
    """Of this process, in megabytes; PyTorch's workers come on top."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


kind, folder, *numbers = sys.argv[1:]
if kind == 'make':
    make(folder, *map(int, numbers))
else:
    size, batch, passes = map(int, numbers)
    batches = {'keras': keras_batches, 'pytorch': torch_batches}[kind](folder, size, batch)
    rates = []
    for _ in range(passes):
        start = time.perf_counter()
        count = sum(batches())
        rates.append(count / (time.perf_counter() - start))
    print(json.dumps({'rates': rates, 'peak': peak()}))
