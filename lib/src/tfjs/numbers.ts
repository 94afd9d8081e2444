// The numbers by which the native binding is told of types. They stand alone, so that a thread has them without tfjs.

/** Numbers of TensorFlow's own enum DataType. */
export const DataType = {float: 1, int32: 3, uint8: 4, string: 7, bool: 10, uint16: 17} as const;

/** What an attribute of an operation is, as the binding numbers it. */
export const AttributeType = {string: 0, int: 1, float: 2, bool: 3, type: 4, shape: 5} as const;

export interface Attribute {
  name: string;
  type: number;
  value: unknown;
}
