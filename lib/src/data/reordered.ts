/** A stream with a new order each pass; the order of its examples is there for whoever puts results beside them. */
export abstract class Reordered<Batch> implements AsyncIterable<Batch> {
  /** One pass. */
  abstract [Symbol.asyncIterator](): AsyncIterator<Batch>;

  /** One pass in the order of the examples. */
  abstract inOrder(): AsyncIterable<Batch>;
}

/** A stream in the order of its examples; another as it comes. */
export function inOrder<Stream extends object>(stream: Stream | Reordered<unknown>): Stream | AsyncIterable<unknown> {
  return stream instanceof Reordered ? stream.inOrder() : stream;
}
