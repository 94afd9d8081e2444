import v8 from 'node:v8';
import vm from 'node:vm';

let collect: ((options: {type: 'minor'}) => void) | undefined;
let waiting = 0;

/**
 * To be told how many bytes of pictures were handed on. Every so often it gives their memory back: V8 counts little of it, lets
 * it pile up, and then looks through all that a program holds, which takes as long as decoding.
 */
export function handedOn(bytes: number, most: number): void {
  waiting += bytes;
  if (waiting < most) return;
  waiting = 0;
  if (collect === undefined) {
    v8.setFlagsFromString('--expose-gc');
    collect = vm.runInNewContext('gc') as (options: {type: 'minor'}) => void;
  }
  collect({type: 'minor'});
}
