/** Downloads a file whose content is known beforehand: what arrives is that file, or nothing does. */
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import {createRequire} from 'node:module';
import path from 'node:path';
import {pipeline} from 'node:stream/promises';
import {inRoot} from './project.mjs';
import {SetupError} from './run.mjs';

/**
 * Downloads to `file`, which is there only when all of it came and has the right digest. A slow download may take its
 * time; one that stands still is given up.
 *
 * @param {string} url
 * @param {string} file
 * @param {{sha256: string, patience?: number}} options `patience`: seconds without a byte
 * @throws SetupError that says what went wrong: no answer, another status than 200, too short, standing still, altered
 */
export async function download(url, file, {sha256, patience = 30}) {
  const part = `${file}.part`;
  const hash = crypto.createHash('sha256');
  const fail = (problem) => new SetupError(`${url}: ${problem}`);
  fs.mkdirSync(path.dirname(file), {recursive: true});
  try {
    const response = await ask(url, patience);
    if (response.statusCode !== 200) {
      response.destroy();
      throw fail(`expected the file, got status ${response.statusCode}`);
    }
    response.on('data', (bytes) => hash.update(bytes));
    await pipeline(response, fs.createWriteStream(part));
    const found = hash.digest('hex');
    if (found !== sha256) throw fail(`expected SHA-256 ${sha256.slice(0, 12)}…, got ${found.slice(0, 12)}…`);
    fs.renameSync(part, file);
  } catch (error) {
    throw error instanceof SetupError ? error : fail(explain(error));
  } finally {
    fs.rmSync(part, {force: true});
  }
}

function ask(url, patience) {
  return new Promise((resolve, reject) => {
    // What has to hear of the end: the request, and once it is there the answer.
    let waiting;
    const request = (url.startsWith('https:') ? https : http).get(url, {agent: proxyAgent()}, (response) => {
      waiting = response;
      resolve(response);
    });
    waiting = request;
    request.setTimeout(patience * 1000, () => waiting.destroy(new Error(`no byte came for ${patience} s`)));
    request.on('error', reject);
  });
}

/** Node's own client passes proxies by; the one here comes with tfjs-node, which uses it for the same file. */
function proxyAgent() {
  const {HTTPS_PROXY, https_proxy = HTTPS_PROXY} = process.env;
  if (!https_proxy) return undefined;
  const HttpsProxyAgent = createRequire(inRoot('node_modules', '@tensorflow', 'tfjs-node', 'package.json'))(
    'https-proxy-agent',
  );
  return new HttpsProxyAgent(https_proxy);
}

function explain(error) {
  if (error.code === 'ERR_STREAM_PREMATURE_CLOSE' || error.message === 'aborted') return 'the connection broke off';
  return error.message || error.code;
}
