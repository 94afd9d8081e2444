import fs from 'node:fs';
import path from 'node:path';

/** The test accuracy that the executed 05-evaluate-and-predict printed, as text; undefined when it isn't there. */
export function testAccuracy(folder) {
  const file = path.join(folder, '05-evaluate-and-predict.ipynb');
  if (!fs.existsSync(file)) return undefined;
  const evaluation = JSON.parse(fs.readFileSync(file, 'utf8')).cells.find(
    (cell) => cell.cell_type === 'code' && cell.source.join('').includes('evaluate('),
  );
  const printed = evaluation?.outputs.flatMap((output) => output.text ?? output.data['text/plain']).join('') ?? '';
  return /accuracy: (0\.\d+|1)\b/.exec(printed)?.[1].slice(0, 6);
}
