import fs from 'node:fs';
import path from 'node:path';

const EVALUATION = '05-evaluate-and-predict.ipynb';

/** The test accuracy that 05 printed, as text; undefined when it isn't among the notebooks that `passed`. */
export function testAccuracy(folder, passed) {
  if (!passed.includes(EVALUATION)) return undefined;
  const evaluation = JSON.parse(fs.readFileSync(path.join(folder, EVALUATION), 'utf8')).cells.find(
    (cell) => cell.cell_type === 'code' && cell.source.join('').includes('evaluate('),
  );
  const printed = evaluation?.outputs.flatMap((output) => output.text ?? output.data['text/plain']).join('') ?? '';
  return /accuracy: (0\.\d+|1)\b/.exec(printed)?.[1].slice(0, 6);
}
