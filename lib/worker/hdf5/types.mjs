// What an HDF5 file's numbers and texts are.
// @ts-check
import {Module} from 'h5wasm';

/** @import {Metadata} from 'h5wasm' */

/** @param {Metadata} metadata */
export function isNumber({type}) {
  return type === Module.H5T_class_t.H5T_INTEGER.value || type === Module.H5T_class_t.H5T_FLOAT.value;
}

/** @param {Metadata} metadata */
export function isWhole({type}) {
  return type === Module.H5T_class_t.H5T_INTEGER.value;
}

/** @param {Metadata} metadata */
export function isEnumeration({type}) {
  return type === Module.H5T_class_t.H5T_ENUM.value;
}

/** @param {Metadata} metadata */
export function isString({type}) {
  return type === Module.H5T_class_t.H5T_STRING.value;
}

/**
 * Floats of so many bytes.
 *
 * @param {Metadata} metadata
 * @param {number} bytes
 */
export function isFloat({type, size}, bytes) {
  return type === Module.H5T_class_t.H5T_FLOAT.value && size === bytes;
}
