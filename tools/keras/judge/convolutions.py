"""Convolutions that TensorFlow.js lacks: transposed ones with an output_padding, and recurrent ones over rows and volumes."""

from keras import layers as L


def convolutions():
    """Each with the shape of one example."""
    rows, pictures, volumes = (6, 5), (5, 4, 3), (3, 4, 3, 2)
    yield "row", rows, lambda x: L.Conv1DTranspose(4, 3, strides=2, output_padding=1)(L.Conv1D(3, 2)(x))
    yield "row_same", rows, lambda x: L.Conv1DTranspose(4, 3, strides=3, padding="same", output_padding=2, activation="relu")(x)
    yield "row_same_none", rows, lambda x: L.Conv1DTranspose(4, 3, strides=2, padding="same", output_padding=0, use_bias=False)(x)
    yield "picture", pictures, lambda x: L.Conv2DTranspose(4, 3, strides=2, output_padding=1)(L.Conv2D(3, 2)(x))
    yield "picture_same", pictures, lambda x: L.Conv2DTranspose(4, (3, 4), strides=(2, 3), padding="same", output_padding=(0, 2), activation="tanh")(x)
    yield "picture_same_even", pictures, lambda x: L.Conv2DTranspose(2, 4, strides=2, padding="same", output_padding=1)(L.Conv2D(3, 2)(x))
    yield "picture_one", (5, 4, 1), lambda x: L.Conv2DTranspose(1, 3, strides=2, padding="same", output_padding=1)(L.Conv2D(1, 2)(x))
    yield "volume", volumes, lambda x: L.Conv3DTranspose(3, 2, strides=2, output_padding=1)(L.Conv3D(2, 2)(x))
    yield "volume_same", volumes, lambda x: L.Conv3DTranspose(3, 3, strides=2, padding="same", output_padding=(1, 0, 1), activation="relu")(L.Conv3D(2, 2)(x))
    yield "volume_usual", volumes, lambda x: L.Conv3DTranspose(3, 3, strides=2, padding="same")(L.Conv3D(2, 2)(x))
    films = (4, 6, 3)
    yield "lstm_row", films, lambda x: L.ConvLSTM1D(2, 3, return_sequences=True, activation="relu")(x)
    yield "lstm_row_again", films, lambda x: L.ConvLSTM1D(3, 2, padding="same", strides=2, recurrent_activation="hard_sigmoid")(L.ConvLSTM1D(2, 3, dilation_rate=2, return_sequences=True, go_backwards=True, use_bias=False)(x))
    yield "lstm_row_state", films, lambda x: (lambda y: L.Concatenate()([y[0], y[1], y[2]]))(L.ConvLSTM1D(2, 3, return_state=True)(x))
    yield "lstm_volume", (3, 3, 4, 3, 2), lambda x: L.ConvLSTM3D(2, 2, padding="same", return_sequences=True, unit_forget_bias=False)(x)
    yield "lstm_volume_dilated", (3, 4, 4, 3, 2), lambda x: L.ConvLSTM3D(2, 2, dilation_rate=(2, 1, 1))(L.ConvLSTM3D(2, 2, return_sequences=True)(x))
    yield "lstm_volume_first", (3, 2, 3, 4, 3), lambda x: L.ConvLSTM3D(3, 2, data_format="channels_first", strides=(1, 2, 1))(x)
