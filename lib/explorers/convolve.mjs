/** What a filter of 3 × 3 makes of a picture, place by place. */

export const KERNEL = 3;

export const PRESETS = {
  'left edge': [-1, 0, 1, -1, 0, 1, -1, 0, 1],
  'top edge': [-1, -1, -1, 0, 0, 0, 1, 1, 1],
  outline: [-1, -1, -1, -1, 8, -1, -1, -1, -1],
  blur: [1, 1, 1, 1, 1, 1, 1, 1, 1].map((weight) => weight / 9),
  sharpen: [0, -1, 0, -1, 5, -1, 0, -1, 0],
  nothing: [0, 0, 0, 0, 1, 0, 0, 0, 0],
};

/** How many places a filter finds along one side, and how many rows of zeros stand before it. */
export function placesAlong(size, stride, padding) {
  if (padding === 'valid') return {places: Math.floor((size - KERNEL) / stride) + 1, before: 0};
  const places = Math.ceil(size / stride);
  return {places, before: Math.floor(Math.max((places - 1) * stride + KERNEL - size, 0) / 2)};
}

/** The nine pixels below the filter at a place of the feature map; beyond the picture's border lie zeros. */
export function windowAt({pixels, height, width}, {row, column}, {stride, padding}) {
  const top = row * stride - placesAlong(height, stride, padding).before;
  const left = column * stride - placesAlong(width, stride, padding).before;
  return Array.from({length: KERNEL * KERNEL}, (_, i) => {
    const [y, x] = [top + Math.floor(i / KERNEL), left + (i % KERNEL)];
    return y >= 0 && y < height && x >= 0 && x < width ? pixels[y * width + x] : 0;
  });
}

export function products(pixels, weights) {
  return pixels.map((pixel, i) => pixel * weights[i]);
}

export function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

/** The whole feature map, as `tf.conv2d` makes it. */
export function convolve(image, weights, settings) {
  const rows = placesAlong(image.height, settings.stride, settings.padding).places;
  const columns = placesAlong(image.width, settings.stride, settings.padding).places;
  const values = Array.from({length: rows * columns}, (_, i) =>
    sum(products(windowAt(image, {row: Math.floor(i / columns), column: i % columns}, settings), weights)),
  );
  return {rows, columns, values};
}
