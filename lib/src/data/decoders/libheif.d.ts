// What is used of libheif-js, which says nothing about its types.
declare module 'libheif-js/wasm-bundle.js' {
  export interface Canvas {
    data: Uint8ClampedArray;
    width: number;
    height: number;
  }
  export interface HeifImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean | number;
    display(image: Canvas, done: (drawn: Canvas | null) => void): void;
    free(): void;
  }
  export interface HeifDecoder {
    decode(bytes: Uint8Array): HeifImage[];
  }
  const libheif: {HeifDecoder: new () => HeifDecoder};
  export default libheif;
}
