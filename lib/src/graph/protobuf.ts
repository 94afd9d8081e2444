// Protocol buffers, as far as writing a TensorFlow graph needs them: https://protobuf.dev/programming-guides/encoding.

/** A message under construction; fields in any order, each method adding one. */
export class Message {
  private readonly parts: Uint8Array[] = [];

  /** An integer, a truth value or an enum. Negative numbers take ten bytes, as two's complement of 64 bits. */
  int(field: number, value: number | boolean): this {
    return this.push(varint((field << 3) | 0), varint(Number(value)));
  }

  float(field: number, value: number): this {
    return this.push(varint((field << 3) | 5), new Uint8Array(Float32Array.of(value).buffer));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.push(varint((field << 3) | 2), varint(value.length), value);
  }

  string(field: number, value: string): this {
    return this.bytes(field, Buffer.from(value));
  }

  message(field: number, value: Message): this {
    return this.bytes(field, value.finish());
  }

  /** An entry of a map: a message with the key in field 1 and the value in field 2. */
  entry(field: number, key: string, value: Message): this {
    return this.message(field, new Message().string(1, key).message(2, value));
  }

  finish(): Uint8Array {
    return Buffer.concat(this.parts);
  }

  private push(...parts: Uint8Array[]): this {
    this.parts.push(...parts);
    return this;
  }
}

/** Seven bits a byte, least significant first; the top bit says that more follow. */
function varint(value: number): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Uint8Array.from(bytes);
}
