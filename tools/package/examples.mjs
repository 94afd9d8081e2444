/** Runs the examples, each in an empty folder, as their README says it, with the packed file in place of the registry's. */
import fs from 'node:fs';
import path from 'node:path';
import {inRoot} from '../../lib/setup/project.mjs';
import {report} from '../places/place.mjs';

/** Writes the first digits of MNIST's test set as pictures. */
const WRITE_DIGITS = `const {mnist} = require('convlab');
  const sharp = require('sharp');
  require('node:fs').mkdirSync('pictures');
  mnist.load().then(async ({test}) => {
    for (const i of [0, 1, 2]) {
      const raw = {width: 28, height: 28, channels: 1};
      await sharp(Buffer.from(test.image(i)), {raw}).png().toFile('pictures/' + i + '-is-' + test.labels[i] + '.png');
    }
  });`;
/** Starts the server, sends it a picture and something else, and stops it. */
const ASK_SERVER = `node server.mjs digits.keras 0 > address & server=$!; trap "kill $server" EXIT
  until grep -q http address; do sleep 0.2; kill -0 $server || exit 1; done
  curl -sS --data-binary @pictures/0-is-7.png "$(cat address)" && curl -sS --data-binary nonsense "$(cat address)"`;

/** `tried(what, folder, words, isRight)` runs a command as the newcomer and reports it. */
export async function tryExamples({file, folderOf, give, tried}) {
  const prepare = async (name) => {
    const folder = folderOf(`example ${name}`);
    for (const each of fs.readdirSync(inRoot('examples', name))) {
      fs.copyFileSync(inRoot('examples', name, each), path.join(folder, each));
      give(path.join(folder, each));
    }
    await tried(`example ${name}: npm install`, folder, ['npm', 'install', '--ignore-scripts', file]);
    await tried(`example ${name}: npx convlab setup`, folder, ['npx', 'convlab', 'setup']);
    return folder;
  };
  const train = await prepare('train');
  await tried('example train: compiles, trains and saves', train, ['npm', 'start', '--', '5000'], ({code, text}) => {
    const [, accuracy] = /test accuracy: (0\.\d+)/.exec(text) ?? [];
    return code === 0 && Number(accuracy) > 0.85 && fs.existsSync(path.join(train, 'digits.keras'));
  });
  /** @type {[name: string, words: string[], pattern: RegExp][]} */
  const readers = [
    ['serve', ['bash', '-c', ASK_SERVER], /\{"digit":7,"probability":[\d.]+\}\s+\{"error":"/],
    [
      'classify',
      ['node', 'classify.cjs', 'digits.keras', 'pictures'],
      /0-is-7\.png +7 .*\n1-is-2\.png +2 .*\n2-is-1\.png +1 /,
    ],
  ];
  for (const [name, words, pattern] of readers) {
    const folder = await prepare(name);
    const model = path.join(folder, 'digits.keras');
    if (!fs.existsSync(path.join(train, 'digits.keras'))) {
      report(`example ${name}: there is no model to read`, false);
      continue;
    }
    fs.copyFileSync(path.join(train, 'digits.keras'), model);
    give(model);
    await tried(`example ${name}: pictures of digits`, folder, ['node', '-e', WRITE_DIGITS]);
    await tried(`example ${name}`, folder, words, ({code, text}) => code === 0 && pattern.test(text));
  }
}
