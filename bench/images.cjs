// convlab's part of images.mjs: images.cjs stream|load FOLDER SIZE BATCH PASSES
const {imageFolder, setReporter} = require('../lib/dist');

const [kind, folder, size, batchSize, passes] = process.argv.slice(2);
const options = {size: Number(size), split: {test: 0}, seed: 1};
const ignore = () => undefined;
setReporter(() => ({line: ignore, progress: ignore, history: ignore, end: ignore}));

async function passesOf() {
  if (kind === 'load') return async () => (await imageFolder.load(folder, options)).train.length;
  const {train} = await imageFolder.stream(folder, {...options, batchSize: Number(batchSize)});
  return async () => {
    let count = 0;
    for await (const batch of train) {
      // As the others give tensors.
      batch.tensor().dispose();
      count += batch.length;
    }
    return count;
  };
}

async function main() {
  const pass = await passesOf();
  const rates = [];
  for (let i = 0; i < Number(passes); i++) {
    const start = performance.now();
    const count = await pass();
    rates.push((1000 * count) / (performance.now() - start));
  }
  console.log(JSON.stringify({rates, peak: Math.round(process.resourceUsage().maxRSS / 1024)}));
}
void main();
