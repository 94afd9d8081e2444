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
      const {model, validation} = await trial({...remedy, seed, epochs});
      mistakes[name] = Math.round((1 - validation) * 10_000);
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
  const moved = fourPixels(digits.validation.x);
  const far = {shift: 8, rotate: 90, zoom: 0.5};
  const accuracy = async (model, x) => (await evaluate(model, x, digits.validation.y, {verbose: 0})).accuracy;
  return async (seed) => {
    const numbers = {};
    for (const [name, warp] of Object.entries({none: {}, ours: limits, far})) {
      const model = network({seed});
      const batches = augment(few.x, few.y, {...warp, batchSize: 64, seed});
      const {history} = await fit(model, batches, {epochs: 10, seed, verbose: 0});
      const [validation, asMoved] = [await accuracy(model, digits.validation.x), await accuracy(model, moved)];
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
    const losses = await stopping(seed);
    return {epochs: losses.length, best: losses.indexOf(Math.min(...losses)) + 1};
  };
}

/** The exam of the network with all remedies, after six epochs and after the three of the notebook's own run. */
export const allPictures = () => wholeTraining(6);
export const threeEpochs = () => wholeTraining(3);

async function wholeTraining(epochs) {
  const {learn, digits, prepare, test, evaluate} = await runCells(
    LESSON,
    ['load', 'prepare', 'network', 'augment', 'rates', 'learn'],
    ['learn', 'digits', 'prepare', 'test', 'evaluate'],
  );
  const exam = prepare(test);
  return async (seed) => {
    const {model} = await learn(digits, epochs, seed);
    const choosing = await mistakesOf(evaluate, model, digits.validation.x, digits.validation.y);
    const mistakes = await mistakesOf(evaluate, model, exam.x, exam.y);
    model.dispose();
    return {mistakes, validation: choosing};
  };
}

/** The control: the same larger network on all pictures as long, without a remedy. */
export const threeEpochsPlain = () => plainTraining(3);
export const sixEpochsPlain = () => plainTraining(6);

async function plainTraining(epochs) {
  const {network, augment, fit, earlyStopping, evaluate, digits, prepare, test} = await runCells(
    LESSON,
    ['load', 'prepare', 'network', 'augment'],
    ['network', 'augment', 'fit', 'earlyStopping', 'evaluate', 'digits', 'prepare', 'test'],
  );
  const {learning, validation} = digits;
  const exam = prepare(test);
  return async (seed) => {
    const model = network({seed});
    await fit(model, augment(learning.x, learning.y, {batchSize: 128, seed}), {
      epochs,
      seed,
      verbose: 0,
      validationData: [validation.x, validation.y],
      callbacks: earlyStopping({patience: epochs, restoreBestWeights: true}),
    });
    const numbers = {
      mistakes: await mistakesOf(evaluate, model, exam.x, exam.y),
      validation: await mistakesOf(evaluate, model, validation.x, validation.y),
    };
    model.dispose();
    return numbers;
  };
}

async function mistakesOf(evaluate, model, x, y) {
  const {accuracy} = await evaluate(model, x, y, {verbose: 0});
  return Math.round((1 - accuracy) * x.shape[0]);
}

export async function clothes() {
  const {learn, parts, clothes, prepare, predict, confusionMatrix, classificationReport} = await runCells(
    LESSON,
    ['load', 'prepare', 'network', 'augment', 'rates', 'learn', 'clothes-load'],
    ['learn', 'parts', 'clothes', 'prepare', 'predict', 'confusionMatrix', 'classificationReport'],
  );
  const pictures = parts(clothes.train);
  const exam = prepare(clothes.test);
  return async (seed) => {
    const {model} = await learn(pictures, 2, seed);
    const worn = await (await predict(model, exam.x)).argMax(-1).data();
    model.dispose();
    const {classNames, test} = clothes;
    const {accuracy, f1} = classificationReport(confusionMatrix(test.labels, worn, {classNames}));
    const shirt = f1[classNames.indexOf('shirt')];
    return {
      mistakes: Math.round((1 - accuracy) * test.length),
      'F1 of shirts': rounded(shirt),
      'classes with a lower F1': f1.filter((value) => value < shirt).length,
    };
  };
}

/** The network of notebook 4 on clothes, eight epochs as there. */
export async function clothesSevenLayers() {
  const {clothes, prepare, evaluate} = await runCells(
    LESSON,
    ['load', 'prepare', 'clothes-load'],
    ['clothes', 'prepare', 'evaluate'],
  );
  const exam = prepare(clothes.test);
  return async (seed) => {
    const {model} = await walkthrough(seed, clothes.train);
    const mistakes = await mistakesOf(evaluate, model, exam.x, exam.y);
    model.dispose();
    return {mistakes};
  };
}
