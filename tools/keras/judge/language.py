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
    yield "heads_gate", sequence, lambda x: L.MultiHeadAttention(2, 3, value_dim=4, use_gate=True)(x, L.Dense(5)(x))
    yield "heads_gate_causal", sequence, lambda x: L.MultiHeadAttention(2, 3, use_gate=True, use_bias=False)(x, value=L.Dense(4)(x), key=L.Dense(3)(x), use_causal_mask=True)
    yield "heads_gate_padded", sequence, lambda x: (lambda m: L.LSTM(3)(L.MultiHeadAttention(2, 3, use_gate=True)(m, m)))(L.Masking()(x))
    yield "heads_window", sequence, lambda x: L.MultiHeadAttention(2, 3, sliding_window=2)(x, L.Dense(5)(x), use_causal_mask=True)
    pictures = (4, 3, 5)
    yield "heads_pictures", pictures, lambda x: L.MultiHeadAttention(2, 3)(x, L.Dense(4)(x))
    yield "heads_pictures_other", pictures, lambda x: L.MultiHeadAttention(2, 3, value_dim=4, use_gate=True)(x, L.Conv2D(4, 2)(x))
    yield "heads_rows", pictures, lambda x: L.MultiHeadAttention(2, 3, attention_axes=1, output_shape=6)(x, L.Conv2D(4, (2, 1))(x))
    yield "heads_rows_causal", pictures, lambda x: L.MultiHeadAttention(2, 3, attention_axes=(1,))(x, L.Conv2D(4, (2, 1))(x), use_causal_mask=True)
    yield "heads_columns", pictures, lambda x: L.MultiHeadAttention(2, 3, attention_axes=[-2], use_bias=False)(x, x)
    yield "heads_volumes", (3, 2, 4, 3), lambda x: L.MultiHeadAttention(2, 2, attention_axes=(3, 1), output_shape=(2, 3))(x, L.Conv3D(4, (2, 1, 2))(x))
    words = (6,)
    yield "embedding_back_masked", words, lambda x: (lambda e: e(L.Dense(4)(e(x)), reverse=True))(L.ReversibleEmbedding(9, 4))
    yield "embedding_back_own_masked", words, lambda x: (lambda e: e(L.LSTM(4, return_sequences=True)(e(x)), reverse=True))(L.ReversibleEmbedding(9, 4, tie_weights=False, logit_soft_cap=2.0, mask_zero=True))
    yield "embedding_back_to_one_masked", (1,), lambda x: (lambda e: e(L.GlobalAveragePooling1D()(e(x))[:, None, None], reverse=True))(L.ReversibleEmbedding(9, 4, logit_soft_cap=0.5))
    yield "embedding_only_masked", words, lambda x: L.LSTM(3)(L.ReversibleEmbedding(9, 4, mask_zero=True, tie_weights=False)(x))
