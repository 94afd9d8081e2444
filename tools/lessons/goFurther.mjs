/** What notebook 7 measures with several seeds: its six networks, its limits of augmentation, all pictures, clothes. */
import {note, rounded, runCells} from './cells.mjs';
import {walkthrough} from './walkthrough.mjs';

const LESSON = '07-go-further';

export const remedies = () => sixTrials(10);

/** Had they finished learning? */
export const twiceAsLong = () => sixTrials(20);

/** The mistakes of notebook 7's six networks on the validation digits. */
async function sixTrials(epochs) {
  const cells = ['load', 'prepare', 'network', 'augment', 'rates', 'trial', 'table'];
  const {trial, remedies} = await runCells(LESSON, cells, ['trial', 'remedies']);
  return async (seed) => {
    const mistakes = {};
    for (const [name, remedy] of Object.entries(remedies)) {
      const {model, chosen} = await trial({...remedy, seed, epochs});
      mistakes[name] = Math.round((1 - chosen) * 10_000);
      model.dispose();
    }
    return mistakes;
  };
}

/** Down and to the right, as in notebook 5. */
const fourPixels = (x) =>
  x.slice([0, 0, 0, 0], [-1, 24, 24, 1]).pad([
    [0, 0],
    [4, 0],
    [4, 0],
    [0, 0],
  ]);

export async function tooFar() {
  const {network, augment, fit, evaluate, few, limits, digits} = await runCells(
    LESSON,
    ['load', 'prepare', 'network', 'augment', 'rates', 'trial'],
    ['network', 'augment', 'fit', 'evaluate', 'few', 'limits', 'digits'],
  );
  const moved = fourPixels(digits.chooseX);
  const far = {shift: 8, rotate: 90, zoom: 0.5};
  const accuracy = async (model, x) => (await evaluate(model, x, digits.chooseY, {verbose: 0})).accuracy;
  return async (seed) => {
    const numbers = {};
    for (const [name, warp] of Object.entries({none: {}, ours: limits, far})) {
      const model = network({seed});
      const batches = augment(few.x, few.y, {...warp, batchSize: 64, seed});
      const {history} = await fit(model, batches, {epochs: 10, seed, verbose: 0});
      const [validation, asMoved] = [await accuracy(model, digits.chooseX), await accuracy(model, moved)];
      note(numbers, name, {learning: history.accuracy.at(-1), validation, moved: asMoved});
      model.dispose();
    }
    return numbers;
  };
}

export async function stopping() {
  const {stopping} = await runCells(
    LESSON,
    ['load', 'prepare', 'network', 'augment', 'rates', 'trial', 'early-stopping'],
    ['stopping'],
  );
  return async (seed) => {
    const {val_loss: losses} = (await stopping(seed)).history;
    return {epochs: losses.length, best: losses.indexOf(Math.min(...losses)) + 1};
  };
}

export async function allPictures() {
  const {learn, digits, prepare, test, evaluate} = await runCells(
    LESSON,
    ['load', 'prepare', 'network', 'augment', 'rates', 'learn'],
    ['learn', 'digits', 'prepare', 'test', 'evaluate'],
  );
  const exam = prepare(test);
  return async (seed) => {
    const {model} = await learn(digits, 6, seed);
    const {accuracy} = await evaluate(model, exam.x, exam.y, {verbose: 0});
    return {mistakes: Math.round((1 - accuracy) * 10_000)};
  };
}

export async function clothes() {
  const {learn, parts, clothes, prepare, evaluate, predict, confusionMatrix, classificationReport} = await runCells(
    LESSON,
    ['load', 'prepare', 'network', 'augment', 'rates', 'learn', 'clothes-load'],
    ['learn', 'parts', 'clothes', 'prepare', 'evaluate', 'predict', 'confusionMatrix', 'classificationReport'],
  );
  const pictures = parts(clothes.train);
  const exam = prepare(clothes.test);
  return async (seed) => {
    const {model} = await learn(pictures, 8, seed);
    const worn = await (await predict(model, exam.x)).argMax(-1).data();
    model.dispose();
    const {classNames, test} = clothes;
    const {accuracy, f1} = classificationReport(confusionMatrix(test.labels, worn, {classNames}));
    const shirt = f1[classNames.indexOf('shirt')];
    const {model: small} = await walkthrough(seed, clothes.train);
    const {accuracy: smallAccuracy} = await evaluate(small, exam.x, exam.y, {verbose: 0});
    small.dispose();
    return {
      mistakes: Math.round((1 - accuracy) * test.length),
      'F1 of shirts': rounded(shirt),
      'classes with a lower F1': f1.filter((value) => value < shirt).length,
      'mistakes of the seven layers': Math.round((1 - smallAccuracy) * test.length),
    };
  };
}
