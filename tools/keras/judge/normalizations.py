"""Layers that bring what goes through them, or a kernel, to a common size."""

from keras import layers as L


def normalizations():
    """Each with the shape of one example; of whole numbers where it is called masked, with steps of padding where padded."""
    vector, sequence, pictures = (7,), (6, 5), (8, 8, 4)
    yield "spectral_dense", vector, lambda x: L.Dense(2)(L.SpectralNormalization(L.Dense(3, use_bias=False), power_iterations=3)(L.SpectralNormalization(L.Dense(4, activation="tanh"))(x)))
    yield "spectral_pictures", pictures, lambda x: L.SpectralNormalization(L.Conv2DTranspose(2, 3, strides=2))(L.SpectralNormalization(L.DepthwiseConv2D(2))(L.SpectralNormalization(L.Conv2D(4, 3, groups=2, activation="relu"))(x)))
    yield "spectral_rows", sequence, lambda x: L.SpectralNormalization(L.EinsumDense("abc,cde->abde", (None, 2, 3), bias_axes="de"))(L.SpectralNormalization(L.DepthwiseConv1D(2))(L.SpectralNormalization(L.Conv1D(3, 2, padding="causal"))(x)))
    yield "spectral_steps", sequence, lambda x: L.TimeDistributed(L.SpectralNormalization(L.Dense(3)))(x)
    yield "spectral_frozen", vector, lambda x: L.Dense(2)(L.SpectralNormalization(L.Dense(3), trainable=False)(L.SpectralNormalization(L.Dense(4, trainable=False))(L.Dense(3)(x))))
    yield "spectral_twice", vector, lambda x: (lambda f: f(f(L.Dense(3)(x))))(L.SpectralNormalization(L.Dense(3)))
    yield "spectral_embedded_masked", (6,), lambda x: L.Dense(2)(L.LSTM(3)(L.SpectralNormalization(L.Embedding(9, 4))(x)))
    yield "spectral_padded", sequence, lambda x: L.LSTM(3)(L.SpectralNormalization(L.Dense(4))(L.Masking()(x)))
    yield "spectral_zero_masked", (6,), lambda x: L.LSTM(3)(L.SpectralNormalization(L.Embedding(9, 4, mask_zero=True))(x))
