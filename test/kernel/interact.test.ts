// Widgets, over the real protocol: this file plays ipywidgets' part in the browser.
import fs from 'node:fs';
import {afterAll, beforeAll, expect, test} from '@jest/globals';
import {type CellAnswer, KernelClient} from './client';

type State = Record<string, unknown>;

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await kernel.run("import {interact, show} from 'convlab';");
});
afterAll(async () => {
  await kernel.close();
  fs.rmSync(kernel.folder, {recursive: true});
});

/** The models that a cell opened, by description; those without one by their kind. */
function modelsOf({outputs}: CellAnswer): Record<string, {id: string; state: State}> {
  return Object.fromEntries(
    outputs
      .filter(({type, content}) => type === 'comm_open' && content.target_name === 'jupyter.widget')
      .map(({content}) => {
        const {state} = content.data as {state: State};
        return [(state.description ?? state._model_name) as string, {id: content.comm_id as string, state}];
      }),
  );
}

/** The browser's message that a control was moved. */
const move = (id: string, state: State) =>
  kernel.send('comm_msg', {comm_id: id, data: {method: 'update', state, buffer_paths: []}});

/** The texts of the outputs that stand below the controls now, in their order. */
function drawn(answer: CellAnswer): string[] {
  const cell = answer.outputs[0]!.message.parent.msg_id;
  const places = new Map<string, string>();
  for (const {content, message} of [...answer.outputs, ...kernel.late]) {
    const {data, transient} = content as {data?: Record<string, string>; transient?: {display_id?: string}};
    if (message.parent.msg_id !== cell || !data || !transient?.display_id) continue;
    places.set(transient.display_id, data['text/plain']!);
  }
  return [...places.values()];
}

test('each kind of control is the widget of ipywidgets for it', async () => {
  const answer = await kernel.run(
    "interact({threshold: [0, 1], image: [0, 9], fine: [0, 1, 0.001], on: true, kind: ['a', 'b'], name: 'x', k: 3}, (values) => JSON.stringify(values))",
  );
  expect(answer.reply.status).toBe('ok');
  const models = modelsOf(answer);
  expect(models.threshold!.state).toMatchObject({
    _model_module: '@jupyter-widgets/controls',
    _model_module_version: '2.0.0',
    _model_name: 'FloatSliderModel',
    _view_name: 'FloatSliderView',
    min: 0,
    max: 1,
    step: 0.01,
    value: 0.5,
    readout_format: '.2f',
  });
  expect(models.image!.state).toMatchObject({step: 1, value: 4, readout_format: '.0f'});
  expect(models.fine!.state).toMatchObject({step: 0.001, value: 0.5, readout_format: '.3f'});
  expect(models.on!.state).toMatchObject({_model_name: 'CheckboxModel', value: true});
  expect(models.kind!.state).toMatchObject({_model_name: 'DropdownModel', _options_labels: ['a', 'b'], index: 0});
  expect(models.name!.state).toMatchObject({_model_name: 'TextModel', value: 'x'});
  expect(models.k!.state).toMatchObject({_model_name: 'FloatSliderModel', min: -3, max: 9, value: 3});
  expect(answer.outputs.find(({type}) => type === 'comm_open')!.message.metadata).toEqual({version: '2.1.0'});
  const view = answer.outputs.find(({type}) => type === 'display_data')!.content.data as Record<string, State>;
  expect(view['application/vnd.jupyter.widget-view+json']).toEqual({
    version_major: 2,
    version_minor: 0,
    model_id: models.VBoxModel!.id,
  });
  expect(drawn(answer)).toEqual([
    JSON.stringify({threshold: 0.5, image: 4, fine: 0.5, on: true, kind: 'a', name: 'x', k: 3}),
  ]);
  await move(models.kind!.id, {index: 1});
  await move(models.on!.id, {value: false});
  await move(models.threshold!.id, {value: 0.75});
  expect(drawn(answer)).toEqual([
    JSON.stringify({threshold: 0.75, image: 4, fine: 0.5, on: false, kind: 'b', name: 'x', k: 3}),
  ]);
});

test('what the function prints, shows and returns stands below its own controls, and is replaced', async () => {
  const answer = await kernel.run(`interact({n: [0, 9]}, async ({n}) => {
    for (let i = 0; i < n - 3; i++) show('shown ' + i);
    await new Promise((resolve) => setTimeout(resolve, 5));
    console.log('printed', n);
    return {n};
  })`);
  expect(drawn(answer)).toEqual(['shown 0', 'printed 4\n', '{ n: 4 }']);
  const {id} = modelsOf(answer).n!;
  // Another cell has run meanwhile: the drawing stays where it is.
  const other = await kernel.run("console.log('other')");
  await move(id, {value: 5});
  expect(drawn(answer)).toEqual(['shown 0', 'shown 1', 'printed 5\n', '{ n: 5 }']);
  await move(id, {value: 3});
  expect(drawn(answer)).toEqual(['printed 3\n', '{ n: 3 }', '', '']);
  expect(other.stdout).toBe('other\n');
});

test('moves that come while a drawing is under way are drawn once, by their last value', async () => {
  const answer = await kernel.run(`const seen: number[] = [];
    interact({n: [0, 100]}, async ({n}) => { seen.push(n); await new Promise((done) => setTimeout(done, 100)); return n; })`);
  const {id} = modelsOf(answer).n!;
  await Promise.all(Array.from({length: 20}, (_, i) => move(id, {value: i})));
  const {result} = await kernel.run('[seen.length <= 4, seen.at(-1)]');
  expect(result!['text/plain']).toBe('[ true, 19 ]');
  expect(drawn(answer)).toEqual(['19']);
});

test('an error of the first drawing is the cell’s; a later one stands in the drawing’s place until the next', async () => {
  const failed = await kernel.run("interact({n: [0, 9]}, () => { throw new RangeError('first'); })");
  expect(failed.error).toMatchObject({ename: 'RangeError', evalue: 'first'});
  const answer = await kernel.run(
    "interact({n: [0, 9]}, ({n}) => { if (n === 7) throw new RangeError('seven'); return n; })",
  );
  const {id} = modelsOf(answer).n!;
  await move(id, {value: 7});
  expect(drawn(answer)).toEqual(['RangeError: seven']);
  const {data} = kernel.late.at(-1)!.content as {data: Record<string, string>};
  expect(data['application/vnd.jupyter.error']).toMatch(/RangeError[\s\S]*cell \[\d+\], line 1/);
  await move(id, {value: 8});
  expect(drawn(answer)).toEqual(['8']);
});

test('a page that was loaded again gets the state of every widget', async () => {
  const answer = await kernel.run('interact({n: [0, 9]}, ({n}) => n)');
  const {id} = modelsOf(answer).n!;
  await move(id, {value: 6});
  const [asked] = await kernel.send('comm_msg', {comm_id: id, data: {method: 'request_state'}});
  expect(asked).toMatchObject({type: 'comm_msg', content: {data: {method: 'update', state: {value: 6}}}});
  await kernel.send('comm_open', {comm_id: 'all', target_name: 'jupyter.widget.control', data: {}});
  const [told] = await kernel.send('comm_msg', {comm_id: 'all', data: {method: 'request_states'}});
  const {states} = told!.content.data as {states: Record<string, {model_name: string; state: State}>};
  expect(states[id]).toMatchObject({model_name: 'FloatSliderModel', state: {value: 6}});
});

test('the controls of a cell that runs again, or that was deleted, are closed', async () => {
  const open = async () => (await kernel.request('comm_info_request', {})).reply.comms as Record<string, unknown>;
  const run = (cellId?: string, deletedCells?: string[]) =>
    kernel.run('interact({n: [0, 9]}, ({n}) => n)', {}, {cellId, deletedCells});
  const before = Object.keys(await open()).length;
  const first = await run('a');
  const other = await run('b');
  const each = Object.keys(modelsOf(first)).length;
  expect(Object.keys(await open())).toHaveLength(before + 2 * each);

  const again = await run('a');
  expect(Object.keys(await open())).toHaveLength(before + 2 * each);
  const closed = again.outputs.filter(({type}) => type === 'comm_close').map(({content}) => content.comm_id);
  expect(closed.sort()).toEqual(
    Object.values(modelsOf(first))
      .map(({id}) => id)
      .sort(),
  );
  await move(modelsOf(other).n!.id, {value: 7});
  expect(drawn(other)).toEqual(['7']);

  await kernel.run('1', {}, {cellId: 'c', deletedCells: ['a', 'b']});
  expect(Object.keys(await open())).toHaveLength(before);
  await kernel.send('comm_open', {comm_id: 'rest', target_name: 'jupyter.widget.control', data: {}});
  const [told] = await kernel.send('comm_msg', {comm_id: 'rest', data: {method: 'request_states'}});
  const {states} = told!.content.data as {states: Record<string, unknown>};
  expect(Object.keys(states)).not.toContain(modelsOf(again).n!.id);
});

test('controls stay where a front end does not name its cells', async () => {
  const {id} = modelsOf(await kernel.run('interact({n: [0, 9]}, ({n}) => n)')).n!;
  await kernel.run('interact({n: [0, 9]}, ({n}) => n)');
  expect((await kernel.request('comm_info_request', {})).reply.comms).toHaveProperty(id);
});

test.each([
  ['{n: [5, 1]}', /n must be \[min, max\] or \[min, max, step\], numbers that grow/],
  ['{n: [0, 5, 10]}', /a step that fits between them/],
  ['{n: []}', /got an empty list/],
  ['{n: {} as any}', /n must be \[min, max\]/],
  ['{}', /at least one control/],
])('interact(%s) says what a control is', async (controls, message) => {
  expect((await kernel.run(`interact(${controls}, () => 1)`)).error!.evalue).toMatch(message);
});
