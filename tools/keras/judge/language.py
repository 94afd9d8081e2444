"""Layers that came to Keras with large language models."""

from keras import layers as L


def language():
    """Each with the shape of one example; behind an embedding where it is called masked."""
    sequence = (6, 5)
    yield "grouped", sequence, lambda x: L.GroupQueryAttention(3, 4, 2)(x, L.Dense(5)(x))
    yield "grouped_causal", sequence, lambda x: L.GroupQueryAttention(3, 2, 1, use_bias=False)(x, x, use_causal_mask=True)
    yield "grouped_gate", sequence, lambda x: L.GroupQueryAttention(2, 4, 4, use_gate=True)(x, value=L.Dense(5)(x), key=L.Dense(3)(x))
    yield "grouped_window", sequence, lambda x: L.GroupQueryAttention(3, 4, 2, sliding_window=2)(x, L.Dense(5)(x))
    yield "grouped_window_causal", sequence, lambda x: L.GroupQueryAttention(3, 4, 2, sliding_window=3, use_gate=True)(L.Dense(5)(x), x, use_causal_mask=True)
    yield "grouped_masked", (6,), lambda x: L.Flatten()((lambda e: L.GroupQueryAttention(3, 4, 2)(e, e, use_causal_mask=True))(L.Embedding(9, 5, mask_zero=True)(x)))
    yield "grouped_padded", sequence, lambda x: (lambda m: L.LSTM(3)(L.GroupQueryAttention(3, 4, 2)(m, m)))(L.Masking()(x))
