/**
 * Models that aren't a mere row of layers: every way to connect them.
 *
 * @param {typeof import('convlab').tf} tf
 */
export function functionalModels(tf) {
  // What apply gives depends on what it gets, in a way that types don't say.
  const L = /** @type {any} */ (tf.layers);
  const series = [6, 4];

  return {
    merges: {
      inputs: [[4], [4]],
      build: () => {
        const a = tf.input({shape: [4], name: 'a'});
        const b = tf.input({shape: [4], name: 'b'});
        const merged = [
          L.add(),
          L.multiply(),
          L.average(),
          L.maximum(),
          L.minimum(),
          L.concatenate({axis: 1}),
          L.dot({axes: 1, normalize: true}),
        ].map((layer) => layer.apply([a, b]));
        return tf.model({inputs: [a, b], outputs: L.concatenate().apply(merged)});
      },
    },
    shared: {
      inputs: [[4], [4]],
      build: () => {
        const a = tf.input({shape: [4]});
        const b = tf.input({shape: [4]});
        const layer = L.dense({units: 3, name: 'shared', activation: 'tanh'});
        return tf.model({
          inputs: [a, b],
          outputs: L.add().apply([layer.apply(a), layer.apply(L.dense({units: 4}).apply(layer.apply(b)))]),
        });
      },
    },
    manyOutputs: {
      inputs: [[5]],
      build: () => {
        const x = tf.input({shape: [5]});
        const hidden = L.dense({units: 6, activation: 'relu'}).apply(x);
        return tf.model({
          inputs: x,
          outputs: [
            L.dense({units: 2, name: 'left'}).apply(hidden),
            L.dense({units: 3, name: 'right'}).apply(hidden),
            hidden,
          ],
          name: 'three_heads',
        });
      },
    },
    branches: {
      inputs: [[8, 8, 3]],
      build: () => {
        // Branches of different depth with weights of the same shape: order is all that tells them apart.
        const x = tf.input({shape: [8, 8, 3]});
        const conv = (from) => L.conv2d({filters: 3, kernelSize: 3, padding: 'same', activation: 'tanh'}).apply(from);
        const long = conv(conv(conv(x)));
        const short = conv(x);
        return tf.model({
          inputs: x,
          outputs: L.globalAveragePooling2d({dataFormat: 'channelsLast'}).apply(
            L.add().apply([short, long, conv(short), x]),
          ),
        });
      },
    },
    nestedSequential: {
      inputs: [[5]],
      build: () => {
        const inner = tf.sequential({
          layers: [L.dense({inputShape: [5], units: 4, activation: 'relu'}), L.dense({units: 3})],
        });
        return tf.sequential({layers: [inner, L.dense({units: 2})]});
      },
    },
    // As Teachable Machine exports: a functional model inside a row of layers.
    functionalInside: {
      inputs: [[8, 8, 3]],
      build: () => {
        const x = tf.input({shape: [8, 8, 3]});
        const base = tf.model({inputs: x, outputs: L.flatten().apply(L.conv2d({filters: 2, kernelSize: 3}).apply(x))});
        return tf.sequential({layers: [base, L.dense({units: 2})]});
      },
    },
    ...Object.fromEntries(
      ['model', 'sequential'].flatMap((outer) =>
        ['model', 'sequential'].map((inner) => [
          `frozen_${inner}_in_${outer}`,
          {
            inputs: [[8, 8, 3]],
            build: () => {
              const layers = () => [L.conv2d({filters: 2, kernelSize: 3}), L.batchNormalization(), L.flatten()];
              const through = (from, all) => all.reduce((tensor, layer) => layer.apply(tensor), from);
              const x = tf.input({shape: [8, 8, 3]});
              const [convolution, ...rest] = layers();
              const base =
                inner === 'model'
                  ? tf.model({inputs: x, outputs: through(x, [convolution, ...rest])})
                  : tf.sequential({
                      layers: [L.conv2d({filters: 2, kernelSize: 3, inputShape: [8, 8, 3]}), ...rest],
                    });
              base.trainable = false;
              const head = L.dense({units: 2});
              if (outer === 'sequential') return tf.sequential({layers: [base, head]});
              const y = tf.input({shape: [8, 8, 3]});
              return tf.model({inputs: y, outputs: head.apply(base.apply(y))});
            },
          },
        ]),
      ),
    ),
    nestedTwice: {
      inputs: [[5], [5]],
      build: () => {
        const inner = tf.sequential({layers: [L.dense({inputShape: [5], units: 4, activation: 'tanh'})]});
        const z = tf.input({shape: [5]});
        const other = tf.model({inputs: z, outputs: L.dense({units: 4}).apply(z), name: 'other'});
        const a = tf.input({shape: [5]});
        const b = tf.input({shape: [5]});
        return tf.model({
          inputs: [a, b],
          outputs: [
            L.add().apply([inner.apply(a), inner.apply(b), other.apply(a), other.apply(b)]),
            inner.apply(b),
            other.apply(b),
          ],
        });
      },
    },
    initialState: {
      inputs: [series, [3], [3]],
      build: () => {
        const x = tf.input({shape: series});
        const h = tf.input({shape: [3]});
        const c = tf.input({shape: [3]});
        return tf.model({
          inputs: [x, h, c],
          outputs: L.lstm({units: 3, recurrentActivation: 'sigmoid'}).apply(x, {initialState: [h, c]}),
        });
      },
    },
    returnState: {
      inputs: [series],
      build: () => {
        const x = tf.input({shape: series});
        return tf.model({
          inputs: x,
          outputs: L.lstm({units: 3, recurrentActivation: 'sigmoid', returnState: true}).apply(x),
        });
      },
    },
  };
}
