// Which numbers stood behind a softmax or sigmoid: a loss that takes them keeps the digits that probabilities near 0 and 1
// have lost. tfjs doesn't remember them, so that they are noted while its kernels run.
import {withReplaced} from './replaced';
import {tf} from './tensorflow';

// A part of tfjs-core 4.22 that its declarations keep private.
type RunKernel = (name: string, inputs: Record<string, tf.Tensor>, attributes?: object) => tf.Tensor | tf.Tensor[];

/** What the two kernels call their input. */
const inputOf: Record<string, string> = {Softmax: 'logits', Sigmoid: 'x'};

/** The logits behind what softmax and sigmoid put out while a model ran. */
export class Logits {
  private readonly logits = new Map<tf.Tensor, tf.Tensor>();

  /** Runs `f`, a call of a model, and notes. */
  during<T>(f: () => T): T {
    const engine = tf.engine() as unknown as {runKernel: RunKernel};
    const usual = engine.runKernel.bind(engine);
    let depth = 0;
    const runKernel: RunKernel = (name, inputs, attributes) => {
      depth++;
      let output: tf.Tensor | tf.Tensor[];
      try {
        output = usual(name, inputs, attributes);
      } finally {
        depth--;
      }
      if (Array.isArray(output)) return output;
      if (name in inputOf) this.note(output, inputs[inputOf[name]!]!);
      // A layer that hands on what it was given copies it. Copies within a kernel are put aside for the backward pass.
      const known = name === 'Identity' && depth === 0 ? this.find(inputs.x!) : undefined;
      if (known) this.note(output, known);
      return output;
    };
    return withReplaced(engine, {runKernel}, f);
  }

  /** undefined for a tensor that isn't itself what a softmax or a sigmoid put out, or a copy of it. */
  find(tensor: tf.Tensor): tf.Tensor | undefined {
    return this.logits.get(tensor);
  }

  /** Frees them. */
  dispose(): void {
    for (const output of [...this.logits.keys()]) this.forget(output);
  }

  /** Kept, in a copy that shares the values, for as long as what was made of them: a gate in a layer soon lets go. */
  private note(output: tf.Tensor, logits: tf.Tensor): void {
    this.logits.set(output, tf.keep(logits.clone()));
    const dispose = output.dispose.bind(output);
    output.dispose = () => {
      this.forget(output);
      dispose();
    };
  }

  private forget(output: tf.Tensor): void {
    this.logits.get(output)?.dispose();
    this.logits.delete(output);
    Reflect.deleteProperty(output, 'dispose');
  }
}
