"""The models that layers.py asks about: around each layer that convlab computes itself, in the ways in which people use it."""

import keras
from keras import layers as L
from keras.src.applications.convnext import LayerScale, StochasticDepth
from keras.src.applications.inception_resnet_v2 import CustomScaleLayer

from convolutions import convolutions
from corners import corners
from language import language
from normalizations import normalizations
from operations import operations

pictures, sequence, vector = (8, 8, 4), (6, 5), (7,)


def chain(shape, *layers):
    return lambda: keras.Sequential([keras.Input(shape), *layers])


def graph(shape, build):
    def make():
        x = keras.Input(shape)
        return keras.Model(x, build(x))

    return make


def attention(**call):
    return graph(sequence, lambda x: L.MultiHeadAttention(2, 3)(x, L.Dense(5)(x), **call))


def models():
    yield "gru", chain(sequence, L.GRU(4))
    yield "gru_before", chain(sequence, L.GRU(4, reset_after=False))
    yield "gru_sequences", chain(sequence, L.GRU(4, return_sequences=True, go_backwards=True, use_bias=False), L.GRU(3, recurrent_activation="hard_sigmoid"))
    yield "gru_bidirectional", chain(sequence, L.Bidirectional(L.GRU(3, return_sequences=True)), L.Bidirectional(L.GRU(2), merge_mode="sum"))
    yield "gru_cell", chain(sequence, L.RNN(L.GRUCell(4)))
    yield "gru_cells", chain(sequence, L.RNN([L.GRUCell(4), L.LSTMCell(3)]))
    yield "attention", attention()
    yield "attention_causal", attention(use_causal_mask=True)
    yield "attention_key", graph(sequence, lambda x: L.MultiHeadAttention(2, 3, value_dim=4, output_shape=6, use_bias=False)(x, value=L.Dense(4)(x), key=L.Dense(3)(x)))
    yield "attention_masked", graph((6,), lambda x: L.Flatten()((lambda e: L.MultiHeadAttention(2, 3)(e, e))(L.Embedding(9, 5, mask_zero=True)(x))))
    for layer in [L.RandomFlip(), L.RandomRotation(0.1), L.RandomZoom(0.1, 0.2), L.RandomTranslation(0.1, (-0.1, 0.3)), L.RandomContrast(0.2), L.RandomBrightness(0.2), L.RandomCrop(5, 6)]:
        yield f"predicts_{layer.name}", chain(pictures, layer, L.Conv2D(2, 3))
    yield "normalization", chain(pictures, L.Normalization(), L.Conv2D(2, 3))
    yield "normalization_axes", chain(pictures, L.Normalization(axis=None), L.Conv2D(2, 3))
    yield "normalization_axes_from_end", chain(pictures, L.Normalization(axis=(-1, 1)), L.Conv2D(2, 3))
    yield "normalization_fixed", chain(pictures, L.Normalization(mean=[1, 2, 3, 4], variance=[1, 2, 3, 4]), L.Conv2D(2, 3))
    yield "normalization_invert", chain(pictures, L.Normalization(mean=2, variance=3, invert=True), L.Conv2D(2, 3))
    for layer in idle():
        yield f"predicts_{layer.name}", chain((8, 8, 3), layer, L.Conv2D(2, 3))
    yield "auto_contrast", chain(pictures, L.AutoContrast((0, 1)), L.Conv2D(2, 3))
    for size in [(3, 5), (7, 2), (6, 4)]:
        yield f"adaptive_average_{size[0]}", chain(pictures, L.Conv2D(3, 1), L.AdaptiveAveragePooling2D(size))
        yield f"adaptive_maximum_{size[0]}", chain(pictures, L.Conv2D(3, 1), L.AdaptiveMaxPooling2D(size))
    yield "adaptive_1d", chain(sequence, L.AdaptiveAveragePooling1D(4), L.Conv1D(3, 1), L.AdaptiveMaxPooling1D(3))
    yield "adaptive_3d", chain((4, 5, 4, 2), L.AdaptiveAveragePooling3D((3, 2, 2)), L.Conv3D(3, 1), L.AdaptiveMaxPooling3D(2))
    for kind in "bilinear bicubic lanczos3 lanczos5".split():
        for size in [(5, 11), (17, 3)]:
            yield f"resizing_{kind}_{size[0]}", chain(pictures, L.Conv2D(3, 1), L.Resizing(*size, kind))
            yield f"resizing_smoothly_{kind}_{size[0]}", chain(pictures, L.Conv2D(3, 1), L.Resizing(*size, kind, antialias=True))
        yield f"upsampling_{kind}", chain(pictures, L.Conv2D(2, 3), L.UpSampling2D((2, 3), interpolation=kind))
    yield "softmax_axes", chain(pictures, L.Conv2D(3, 3), L.Softmax(axis=1), L.Conv2D(3, 1), L.Softmax(axis=[1, 2]))
    yield "resizing_crop", chain((8, 6, 4), L.Conv2D(3, 1), L.Resizing(5, 9, crop_to_aspect_ratio=True))
    yield "resizing_pad", chain((8, 6, 4), L.Conv2D(3, 1), L.Resizing(5, 9, pad_to_aspect_ratio=True, fill_value=2.0))
    yield "resizing_pad_down", chain((5, 9, 4), L.Conv2D(3, 1), L.Resizing(8, 6, pad_to_aspect_ratio=True))
    yield "resizing", chain(pictures, L.Resizing(5, 11), L.Conv2D(2, 3))
    yield "resizing_nearest", chain(pictures, L.Resizing(5, 11, "nearest"), L.Conv2D(2, 3))
    yield "center_crop", chain(pictures, L.CenterCrop(5, 4), L.Conv2D(2, 3))
    yield "center_crop_larger", chain(pictures, L.CenterCrop(10, 5), L.Conv2D(2, 3))
    yield "category_encoding", chain(vector, L.CategoryEncoding(5), L.Dense(2))
    yield "category_count", chain(vector, L.CategoryEncoding(5, "count"), L.Dense(2))
    yield "category_one", chain((1,), L.CategoryEncoding(5, "one_hot"), L.Dense(2))
    yield "discretization", chain(vector, L.Discretization([-0.5, 0.0, 1.0]), L.Rescaling(0.5), L.Dense(2))
    for name in "leaky_relu hard_silu hard_swish gelu silu mish hard_tanh log_sigmoid tanh_shrink soft_shrink hard_shrink celu squareplus sparse_plus sparse_sigmoid hard_sigmoid".split():
        yield f"activation_{name}", chain(vector, L.Dense(6, activation=name), L.Activation(name), L.Dense(2))
    yield "activation_exponential", chain(vector, L.Dense(6, activation="tanh"), L.Activation("exponential"), L.Dense(2))
    yield "activation_layer", chain(vector, L.Dense(6, activation=L.LeakyReLU(0.1)), L.Dense(4, activation=L.ReLU(6)), L.Dense(2))
    yield "relu", chain(vector, L.Dense(6), L.ReLU(1.5, 0.1, 0.2), L.Dense(6), L.ELU(0.7), L.Dense(2))
    yield "causal", chain(sequence, L.Conv1D(4, 3, padding="causal", dilation_rate=2), L.Conv1D(2, 2, strides=2, padding="causal"))
    yield "flatten", chain(vector, L.Flatten(), L.Dense(2))
    yield "keepdims", chain(pictures, L.GlobalAveragePooling2D(keepdims=True), L.Conv2D(3, 1), L.GlobalMaxPooling2D(keepdims=True))
    yield "keepdims_1d", chain(sequence, L.Conv1D(3, 2), L.GlobalAveragePooling1D(keepdims=True), L.GlobalMaxPooling1D(keepdims=True), L.Dense(2))
    yield "spatial_dropout", chain(pictures, L.SpatialDropout2D(0.0), L.Conv2D(2, 3))
    yield "spatial_dropout_3d", chain((4, 4, 4, 2), L.SpatialDropout3D(0.0), L.Conv3D(2, 3))
    yield "group", chain(pictures, L.GroupNormalization(2), L.Conv2D(2, 3))
    yield "group_instance", chain(pictures, L.GroupNormalization(-1, scale=False), L.Conv2D(2, 3))
    yield "layer_norm", chain(pictures, L.LayerNormalization(), L.Conv2D(2, 3))
    yield "layer_norm_axes", chain(pictures, L.LayerNormalization(axis=[1, -1]), L.TimeDistributed(L.LayerNormalization(axis=[1, -1])), L.Conv2D(2, 3))
    yield "layer_norm_alone", chain(pictures, L.Conv2D(3, 1), L.LayerNormalization(center=False), L.LayerNormalization(axis=[1, 2], scale=False), L.LayerNormalization(center=False, scale=False), L.Conv2D(2, 3))
    yield "group_axis", chain(pictures, L.GroupNormalization(2, axis=1), L.GroupNormalization(4, axis=-2), L.Conv2D(2, 3))
    yield "batch_norm_axis", chain(pictures, L.BatchNormalization(axis=1), L.Conv2D(2, 3))
    yield "unit_axes", chain(pictures, L.Conv2D(2, 3), L.UnitNormalization(axis=[1, -1]), L.Conv2D(2, 3))
    yield "unit", chain(vector, L.Dense(6), L.UnitNormalization(), L.Dense(2))
    yield "rms", chain(vector, L.Dense(6), L.RMSNormalization(), L.Dense(2))
    yield "depthwise_1d", chain(sequence, L.DepthwiseConv1D(3, depth_multiplier=2, activation="relu"), L.DepthwiseConv1D(2, strides=2, padding="same", use_bias=False))
    yield "depthwise_1d_dilated", chain(sequence, L.DepthwiseConv1D(2, dilation_rate=2), L.DepthwiseConv1D(2, dilation_rate=3, padding="same"))
    yield "separable_1d", chain(sequence, L.SeparableConv1D(4, 3, depth_multiplier=2, activation="relu"), L.SeparableConv1D(3, 2, strides=2, padding="same", use_bias=False))
    yield "separable_1d_dilated", chain(sequence, L.SeparableConv1D(4, 3, dilation_rate=2, padding="same"), L.SeparableConv1D(3, 2, padding="valid"))
    yield "groups", chain(pictures, L.Conv2D(6, 3, groups=2, activation="softmax"), L.Conv2D(4, (2, 3), strides=2, groups=2, padding="same", use_bias=False))
    yield "groups_dilated", chain(pictures, L.Conv2D(6, 3, groups=2, dilation_rate=2), L.Conv2D(6, 2, groups=6, dilation_rate=2, activation="tanh"))
    yield "groups_depthwise", chain(pictures, L.Conv2D(8, 3, groups=4, padding="same", activation="gelu"), L.Conv2D(8, 2, strides=2, groups=8), L.Conv2D(8, (1, 2), strides=(1, 2), groups=8))
    yield "groups_1d", chain(sequence, L.Conv1D(6, 2, activation="relu"), L.Conv1D(6, 2, groups=3, padding="causal", dilation_rate=2), L.Conv1D(6, 2, groups=6))
    yield "groups_3d", chain((4, 4, 4, 2), L.Conv3D(4, 2, groups=2, activation="relu"))
    yield "layer_scale", graph(pictures, lambda x: x + StochasticDepth(0.0)(LayerScale(0.5, 4)(L.Conv2D(4, 3, padding="same")(x))))
    yield "conv1d_transpose", chain(sequence, L.Conv1DTranspose(3, 3, strides=2), L.Conv1DTranspose(2, 2, strides=2, padding="same", activation="tanh"))
    yield "einsum", chain(sequence, L.EinsumDense("abc,cd->abd", (None, 4), bias_axes="d"), L.EinsumDense("...x,xy->...y", (3,), activation="relu"))
    yield "einsum_heads", chain(sequence, L.EinsumDense("abc,cde->abde", (None, 2, 3), bias_axes="de"), L.EinsumDense("abcd,cde->abe", (None, 4)))
    yield "identity", chain(vector, L.Identity(), L.Dense(2))
    yield "concatenate_from_end", graph(sequence, lambda x: L.Concatenate(axis=-2)([L.Dense(3)(x), L.Dense(3)(x)]))
    yield "subtract_ranks", graph(sequence, lambda x: L.Subtract()([L.Dense(5)(x), L.Dense(5)(x[:, 0])]))
    yield "volumes_dilated", chain((5, 5, 5, 2), L.Conv3D(3, 2, dilation_rate=2, activation="relu"), L.Conv3D(2, 2, dilation_rate=(1, 2, 1), padding="same"))
    yield "predicts_names_of_objects", graph(vector, lambda x: L.Dense(2, name="constructor")(L.Dense(3, name="__proto__")(L.Dense(3, name="toString")(x))))
    yield "subtract", graph(vector, lambda x: L.Subtract()([L.Dense(3)(x), L.Dense(3)(x)]))
    yield "custom_scale", graph(vector, lambda x: CustomScaleLayer(0.3)([x, L.Dense(7)(x)]))
    yield "padding_1d", chain(sequence, L.ZeroPadding1D((1, 2)), L.Conv1D(3, 2), L.Cropping1D((1, 0)), L.UpSampling1D(3))
    yield "upsampling", chain(pictures, L.Conv2D(2, 3), L.UpSampling2D((2, 3), interpolation="bilinear"), L.Conv2D(2, 3))
    yield "reshape", chain((6, 4), L.Reshape((8, -1)), L.Dense(2))
    yield "batch_norm", chain(pictures, L.BatchNormalization(center=False, scale=False), L.Conv2D(2, 3))
    yield "batch_norm_3d", chain((4, 4, 4, 2), L.Conv3D(3, 2, use_bias=False), L.BatchNormalization(), L.ReLU(), L.Flatten(), L.Dense(2))
    yield "volumes", chain((4, 4, 4, 2), L.ZeroPadding3D(((0, 1), (1, 0), (0, 0))), L.Conv3D(3, 2), L.UpSampling3D((1, 2, 1)), L.Cropping3D((1, 1, (0, 1))), L.Conv3D(3, 2), L.GlobalAveragePooling3D(keepdims=True), L.Flatten(), L.Dense(2))
    yield "volumes_maximum", chain((4, 4, 4, 2), L.Conv3D(3, 2), L.GlobalMaxPooling3D(), L.Dense(2))
    yield "arithmetic", graph(vector, lambda x: (lambda d: 1 - (d + 3.0) * 2 / 5 + d * d - (-d) ** 2)(L.Dense(3)(x)))
    yield "hard_swish", graph(pictures, lambda x: L.Multiply()([x, L.ReLU(6.0)(L.Conv2D(4, 1)(x) + 3.0) * (1.0 / 6.0)]))
    yield "slices", graph(pictures, lambda x: L.Dense(2)(L.Flatten()(L.Conv2D(3, 3)(x)[:, 1:, ::2, 0])))
    yield "slices_last", graph(sequence, lambda x: L.Dense(2)(L.GRU(3, return_sequences=True)(x)[:, -1, :]))
    yield "reductions", graph(pictures, lambda x: L.Dense(2)(keras.ops.mean(L.Conv2D(3, 3)(x), axis=[1, 2]) + keras.ops.max(x[..., :3], axis=(1, 2))))
    yield "repeated", graph(vector, lambda x: (lambda d: L.Dense(2)(L.Concatenate()([L.Add()([d, d]), L.Multiply()([d, d]), L.Dot(1)([d, d]), d])))(L.Dense(3)(x)))
    yield "repeated_attention", graph(sequence, lambda x: (lambda d: L.Add()([L.MultiHeadAttention(2, 3)(d, d, d), d]))(L.Dense(5)(x)))
    yield "predicts_names", graph(vector, lambda x: L.Dense(2, name="out:0 (größe)")(L.Add(name="a > b")([L.Dense(4, name="my dense")(x), L.Dense(4, name="_hidden")(x), L.Dense(4, name="a\\b")(x)])))
    yield "names_twice", chain(vector, keras.Sequential([keras.Input(vector), L.Dense(4, name="dense"), L.Dense(3, name="dense_1")], name="inner"), L.Dense(3, name="dense_1"), L.Dense(2, name="dense"))
    yield "predicts_names_inside", chain(pictures, graph(pictures, lambda x: L.Flatten(name="flat it")(L.Conv2D(2, 3, name="conv one")(x)))(), L.Dense(2, name="conv one"))
    yield "functions", graph(vector, lambda x: L.Dense(2)(keras.ops.relu(L.Dense(4)(x)) + keras.ops.sigmoid(L.Dense(4)(x))))


    for name, build in padded():
        yield f"padded_{name}", graph(sequence, lambda x, f=build: L.Dense(2)(f(x, L.Masking()(x))))
    for name, merge in dict(add=L.Add, subtract=L.Subtract, multiply=L.Multiply, average=L.Average, maximum=L.Maximum, minimum=L.Minimum, concatenate=L.Concatenate).items():
        yield f"padded_{name}", graph(sequence, lambda x, m=merge: L.Concatenate()([L.GRU(3)(m()([L.Masking()(x), L.Masking(0.5)(x)])), L.GRU(2)(m()([x, L.Masking()(x)]))]))
        yield f"padded_{name}_twice", graph(sequence, lambda x, m=merge: (lambda y: L.GRU(3)(m()([y, y])))(L.Masking()(x)))
    for layer in [L.ZeroPadding1D(1), L.Conv1D(5, 3), L.MaxPooling1D(2), L.UpSampling1D(2), L.Cropping1D(1), L.Reshape((5, 6)), L.Permute((2, 1)), L.RMSNormalization(), L.UnitNormalization(), L.LayerNormalization(), L.EinsumDense("abc,cd->abd", (None, 4)), L.TimeDistributed(L.Dense(3)), L.PReLU(), L.Rescaling(2.0)]:
        yield f"padded_{layer.name}", graph(sequence, lambda x, f=layer: L.LSTM(3)(f(L.Masking()(x))))
    yield "padded_learned", chain(sequence, L.Dense(5, use_bias=False), L.Masking(), L.LSTM(3))
    yield "padded_state_beside", graph(sequence, lambda x: L.LSTM(3, return_sequences=True, return_state=True)(L.Masking()(x))[0])
    yield "padded_directions_apart", graph(sequence, lambda x: L.Bidirectional(L.GRU(3, return_sequences=True), merge_mode=None)(L.Masking()(x))[0])
    for name, layer in [("average", L.GlobalAveragePooling1D()), ("lstm", L.LSTM(3)), ("model", keras.Sequential([keras.Input((5, 4)), L.Dense(3), L.Bidirectional(L.LSTM(2))]))]:
        yield f"timed_{name}_masked", graph((3, 5), lambda x, f=layer: L.Dense(2)(L.Flatten()(L.TimeDistributed(f)(L.Embedding(9, 4, mask_zero=True)(x)))))
    yield "padded_normalized", chain(sequence, L.Masking(), L.BatchNormalization(), L.LSTM(3))
    yield "embedded_masked", graph((6,), lambda x: L.Dense(2)(L.LSTM(3)(L.Embedding(9, 4, mask_zero=True)(x))))
    yield "embedded_sequence_masked", chain((6,), L.Embedding(9, 4, mask_zero=True), L.Bidirectional(L.GRU(3, return_sequences=True)), L.Dense(2))
    yield "dot_attention", graph(sequence, lambda x: L.Attention(use_scale=True)([x, L.Dense(5)(x)]))
    yield "dot_attention_concat", graph(sequence, lambda x: L.Attention(use_scale=True, score_mode="concat")([x, L.Dense(4)(x), L.Dense(5)(x)]))
    yield "dot_attention_causal", graph(sequence, lambda x: L.Attention()([x, L.Dense(5)(x)], use_causal_mask=True))
    yield "dot_attention_same", graph(sequence, lambda x: (lambda y: L.Attention()([y, y]))(L.Dense(4)(x)))
    yield "additive_attention", graph(sequence, lambda x: L.AdditiveAttention()([x, L.Dense(5)(x)]))
    yield "additive_attention_key", graph(sequence, lambda x: L.AdditiveAttention(use_scale=False)([x, L.Dense(4)(x), L.Dense(5)(x)], use_causal_mask=True))
    yield "predicts_activity", chain(vector, L.Dense(4), L.ActivityRegularization(0.1, 0.2), L.Dense(2))

    for name, shape, build in convolutions():
        yield f"convolution_{name}", graph(shape, build)
    for name, shape, build in language():
        yield f"language_{name}", graph(shape, build)
    for name, shape, build in normalizations():
        yield f"normalized_{name}", graph(shape, build)
    for name, operation in operations():
        # What comes in moves with the training, and what comes out is learned from.
        yield f"operation_{name}", graph(sequence, lambda x, f=operation: L.Dense(2)(L.Flatten()(f(L.Dense(5)(x), L.Dense(5, activation="sigmoid")(x)))))
    yield from corners(graph)
    # A constraint that goes but half of the way tells whether it is applied once a step.
    half = keras.constraints.MinMaxNorm(0.5, 1.0, rate=0.5, axis=0)
    yield "constraint_half_way", chain(vector, L.Dense(4, kernel_constraint=half), L.Dense(2, kernel_constraint=half))


def idle():
    """Layers that change pictures at random while a model trains, as people write them."""
    yield from [L.RandomHue(0.2), L.RandomSaturation(0.2), L.RandomColorDegeneration(0.3), L.RandomSharpness(0.3, (0, 1)), L.RandomPosterization(4)]
    yield from [L.RandomInvert(0.5), L.RandomGrayscale(0.4), L.RandomColorJitter(brightness_factor=0.2, hue_factor=0.1), L.RandomErasing(0.5), L.RandomGaussianBlur()]
    yield from [L.RandomShear(0.2, 0.1), L.RandomPerspective(), L.RandomElasticTransform(), L.Solarization(threshold_factor=0.5), L.Equalization()]
    yield from [L.RandAugment(), L.AugMix(), L.MixUp(), L.CutMix()]


def padded():
    """Of a sequence, and of the same behind Masking."""
    model = lambda *layers: keras.Sequential([keras.Input(sequence), *layers])
    yield "average_pooling", lambda x, m: L.GlobalAveragePooling1D()(m)
    yield "average_pooling_keepdims", lambda x, m: L.GlobalAveragePooling1D(keepdims=True)(m)
    yield "maximum_pooling", lambda x, m: L.GlobalMaxPooling1D()(m)
    yield "flatten", lambda x, m: L.Flatten()(m)
    yield "lstm", lambda x, m: L.LSTM(3, return_sequences=True)(m)
    yield "lstm_backwards", lambda x, m: L.LSTM(3, return_sequences=True, go_backwards=True)(m)
    yield "bidirectional", lambda x, m: L.Bidirectional(L.LSTM(3, return_sequences=True))(m)
    yield "bidirectional_last", lambda x, m: L.Bidirectional(L.GRU(3), merge_mode="sum")(m)
    yield "cells", lambda x, m: L.RNN([L.GRUCell(4), L.SimpleRNNCell(3)], return_sequences=True)(m)
    yield "state", lambda x, m: L.GRU(3, return_sequences=True)(m, initial_state=L.Dense(3)(x[:, 0]))
    yield "ended", lambda x, m: L.GRU(3)(L.RepeatVector(6)(L.LSTM(3)(m)))
    yield "beside", lambda x, m: L.Add()([L.LSTM(3)(x), L.LSTM(3)(m)])
    yield "operation", lambda x, m: L.LSTM(3)(m * 2.0)
    yield "heads", lambda x, m: L.LSTM(3)(L.MultiHeadAttention(2, 3)(m, m))
    yield "heads_key", lambda x, m: L.LSTM(3)(L.MultiHeadAttention(2, 3)(x, L.Dense(4)(x), m))
    yield "heads_value", lambda x, m: L.LSTM(3)(L.MultiHeadAttention(2, 3)(x, m))
    yield "dot_attention", lambda x, m: L.LSTM(3)(L.Attention(use_scale=True)([m, m]))
    yield "dot_attention_value", lambda x, m: L.LSTM(3)(L.Attention()([x, m]))
    yield "additive_attention", lambda x, m: L.LSTM(3)(L.AdditiveAttention()([m, L.Dense(5)(x)]))
    yield "into_model", lambda x, m: L.LSTM(3)(model(L.Dense(5))(m))
    yield "out_of_model", lambda x, m: L.LSTM(3)(model(L.Masking())(x))
    yield "within_model", lambda x, m: model(L.Dense(4), L.LSTM(3))(m)
