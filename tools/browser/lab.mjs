/** A JupyterLab of its own: a free port on the loopback interface, a token, and no file of the user's. */
import {spawn} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {jupyterEnvironment} from '../../lib/jupyter/execute.mjs';
import {binary} from '../../lib/setup/python.mjs';

const START_SECONDS = 60;

/**
 * Starts JupyterLab.
 *
 * @param {{root: string, state: string, plotlyExtension: boolean}} options the folder it shows, and one for its own
 *   files: servers that share it trust the same notebooks
 * @returns {Promise<{url: (path: string) => string, stop: () => Promise<void>}>}
 */
export async function startLab({root, state, plotlyExtension}) {
  const config = path.join(state, 'config');
  const runtime = fs.mkdtempSync(path.join(state, 'runtime-'));
  write(path.join(config, 'labconfig', 'page_config.json'), {
    disabledExtensions: {
      // It would ask the network for news,
      '@jupyterlab/apputils-extension:announcements': true,
      // and this one fails in the console with every kernel that has no debugger.
      '@jupyterlab/debugger-extension': true,
    },
  });
  // All cells are in the page, also those that would have to be scrolled to.
  write(path.join(state, 'settings', '@jupyterlab', 'notebook-extension', 'tracker.jupyterlab-settings'), {
    windowingMode: 'none',
  });
  const server = spawn(
    await binary('jupyter'),
    [
      'lab',
      '--no-browser',
      ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
      '--ServerApp.ip=127.0.0.1',
      '--ServerApp.port=0',
      '--LabApp.expose_app_in_browser=True',
      // Disabling it by name has no effect on an extension that only shows a MIME type: none is found instead.
      ...(plotlyExtension ? [] : [`--LabApp.labextensions_path=${path.join(state, 'no-extensions')}`]),
      root,
    ],
    {
      env: {
        ...jupyterEnvironment(),
        JUPYTER_CONFIG_DIR: config,
        JUPYTER_DATA_DIR: path.join(state, 'data'),
        JUPYTER_RUNTIME_DIR: runtime,
        JUPYTERLAB_SETTINGS_DIR: path.join(state, 'settings'),
        JUPYTERLAB_WORKSPACES_DIR: path.join(runtime, 'workspaces'),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let log = '';
  server.stderr.on('data', (bytes) => (log += bytes));
  const ended = new Promise((resolve) => server.once('close', resolve));
  const stop = async () => {
    server.kill('SIGTERM');
    await ended;
  };
  const address = await Promise.race([addressIn(runtime, server.pid), ended]);
  if (typeof address !== 'object') {
    await stop();
    throw new Error(`JupyterLab did not start within ${START_SECONDS} s:\n${log}`);
  }
  const {url, token} = address;
  return {url: (place) => `${url}${place}?token=${token}`, stop};
}

/** The server writes where it listens into a file, once it does. */
async function addressIn(runtime, pid) {
  const file = path.join(runtime, `jpserver-${pid}.json`);
  for (let waited = 0; waited < START_SECONDS; waited += 0.2) {
    if (fs.existsSync(file)) {
      const {port, token, base_url} = JSON.parse(fs.readFileSync(file, 'utf8'));
      return {url: `http://127.0.0.1:${port}${base_url}`, token};
    }
    await sleep(200);
  }
  return undefined;
}

function write(file, value) {
  fs.mkdirSync(path.dirname(file), {recursive: true});
  fs.writeFileSync(file, JSON.stringify(value));
}
