// Jupyter's messaging protocol 5.4, message by message. Source: jupyter-client.readthedocs.io/en/latest/messaging.html
import fs from 'node:fs';
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals';
import ts from '@tslab/typescript-for-tslab';
import {KernelClient} from './client';

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
});
afterAll(async () => {
  await kernel.close();
  fs.rmSync(kernel.folder, {recursive: true});
});

describe('requests about the kernel', () => {
  test('kernel_info tells the truth', async () => {
    const {reply} = await kernel.request('kernel_info_request', {});
    expect(reply).toMatchObject({
      status: 'ok',
      protocol_version: '5.4',
      implementation: 'convlab',
      language_info: {name: 'typescript', version: ts.version, file_extension: '.ts', mimetype: 'text/typescript'},
    });
  });

  test('an unknown request is answered with an error', async () => {
    const {reply} = await kernel.request('debug_request', {});
    expect(reply).toMatchObject({status: 'error', evalue: 'debug_request is not answered by this kernel'});
  });

  test('history has the cells that ran', async () => {
    await kernel.run('1 + 1');
    const {reply} = await kernel.request('history_request', {hist_access_type: 'tail', n: 1});
    expect(reply.history).toEqual([[0, expect.any(Number), '1 + 1']]);
  });

  test('history is searched, and asked for by number', async () => {
    await kernel.run('const searched = 1;');
    const {reply} = await kernel.run('const searched = 2;');
    const find = async (content: object) =>
      (await kernel.request('history_request', {output: false, raw: true, ...content})).reply.history;
    expect(await find({hist_access_type: 'search', pattern: '*searched = ?;', n: 1})).toEqual([
      [0, reply.execution_count, 'const searched = 2;'],
    ]);
    const start = reply.execution_count as number;
    expect(await find({hist_access_type: 'range', session: 0, start, stop: start + 1, output: true})).toEqual([
      [0, start, ['const searched = 2;', null]],
    ]);
  });
});

describe('execution', () => {
  test('publishes what it runs, and counts', async () => {
    const first = await kernel.run('1');
    const second = await kernel.run('2');
    expect(first.outputs[0]).toMatchObject({type: 'execute_input', content: {code: '1'}});
    expect(second.reply.execution_count).toBe((first.reply.execution_count as number) + 1);
    expect(second.outputs.find(({type}) => type === 'execute_result')?.content).toMatchObject({
      execution_count: second.reply.execution_count,
    });
  });

  test('without a history leaves the count alone; silent, it publishes nothing', async () => {
    const {reply} = await kernel.run('1');
    expect((await kernel.run('2', {store_history: false})).reply.execution_count).toBe(reply.execution_count);
    const silent = await kernel.run('3', {silent: true, store_history: false});
    expect(silent.outputs).toEqual([]);
    expect((await kernel.run('4')).reply.execution_count).toBe((reply.execution_count as number) + 1);
  });

  test('evaluates the expressions that a front end asks for beside the cell', async () => {
    const {reply} = await kernel.run('const five = 5;', {
      user_expressions: {a: 'five + 1', b: 'five.no', c: "fail('x')"},
    });
    expect(reply.user_expressions).toMatchObject({
      a: {status: 'ok', data: {'text/plain': '6'}, metadata: {}},
      b: {status: 'error', ename: 'TypeScriptError', evalue: "Property 'no' does not exist on type '5'."},
      c: {status: 'error', ename: 'TypeScriptError'},
    });
    expect((await kernel.run('five')).result?.['text/plain']).toBe('5');
  });

  test('answers for an expression whose value can’t be shown, and goes on', async () => {
    await kernel.run(
      "const faceless = {[Symbol.for('nodejs.util.inspect.custom')]() { throw new Error('no look'); }};",
    );
    const {reply} = await kernel.run('1 + 1;', {user_expressions: {a: 'faceless'}});
    expect(reply).toMatchObject({status: 'ok', user_expressions: {a: {status: 'error', evalue: 'no look'}}});
    expect((await kernel.run('6 * 7')).result?.['text/plain']).toBe('42');
  });

  test('keeps the order of what is printed, shown and updated', async () => {
    const {outputs} = await kernel.run(`
      import {display} from 'tslab';
      console.log('a'); console.error('b'); display.html('<i>c</i>'); console.log('d');`);
    expect(outputs.map(({type, content}) => [type, content.name ?? '', content.text ?? '']).slice(1)).toEqual([
      ['stream', 'stdout', 'a\n'],
      ['stream', 'stderr', 'b\n'],
      ['display_data', '', ''],
      ['stream', 'stdout', 'd\n'],
    ]);
  });

  test('loses none of 10,000 lines', async () => {
    const {stdout} = await kernel.run('for (let i = 0; i < 10_000; i++) console.log(i);');
    expect(stdout).toBe(Array.from({length: 10_000}, (_, i) => `${i}\n`).join(''));
  });

  test('prints while a loop runs that never pauses', async () => {
    const {outputs} = await kernel.run(
      'for (let at = 0, end = Date.now() + 300; Date.now() < end; ) if (Date.now() > at) { console.log(1); at = Date.now() + 50; }',
    );
    expect(outputs.filter(({type}) => type === 'stream').length).toBeGreaterThan(1);
  });

  test('prints no colours', async () => {
    expect((await kernel.run('console.log([1, "a"]); console.table([{a: 1}])')).stdout).not.toContain('\x1b');
  });

  test('aborts what was queued when a cell failed, and runs what comes after', async () => {
    const [failed, queued, second] = await Promise.all([
      kernel.run("throw new Error('stop')"),
      kernel.run('1'),
      kernel.run('2'),
    ]);
    expect(failed.reply.status).toBe('error');
    expect([queued.reply, second.reply]).toEqual([{status: 'aborted'}, {status: 'aborted'}]);
    expect((await kernel.run('3')).reply.status).toBe('ok');
  });

  test('goes on with what was queued when it is asked to', async () => {
    const [failed, queued] = await Promise.all([
      kernel.run("throw new Error('stop')", {stop_on_error: false}),
      kernel.run('1'),
    ]);
    expect([failed.reply.status, queued.reply.status]).toEqual(['error', 'ok']);
  });
});

describe('help while typing', () => {
  const complete = async (code: string) => {
    const cursor = code.indexOf('|');
    const source = code.replace('|', '');
    const {reply} = await kernel.request('complete_request', {
      code: source,
      cursor_pos: Array.from(source.slice(0, cursor)).length,
    });
    return reply as {matches: string[]; cursor_start: number; cursor_end: number};
  };
  beforeAll(async () => {
    await kernel.run("import {fit, tf, picture} from 'convlab'; const model = tf.sequential();");
  });

  test('completes a property, with the place that it replaces', async () => {
    expect(await complete('tf.layers.conv2|')).toMatchObject({cursor_start: 10, cursor_end: 15});
    expect((await complete('tf.layers.conv2|')).matches.slice(0, 2)).toEqual(['conv2d', 'conv2dTranspose']);
  });

  test('counts characters as Jupyter does', async () => {
    expect(await complete("'😀'; tf.layers.conv2d|")).toMatchObject({cursor_start: 15, cursor_end: 21});
  });

  test.each([
    ['fit(model, tf.zeros([1]), tf.zeros([1]), {|})', 'epochs'],
    ['fit(model, tf.zeros([1]), tf.zeros([1]), {epochs: 5, ba|})', 'batchSize'],
    ['tf.layers.conv2d({|', 'filters'],
    ['tf.layers.conv2d({filters: 8, ker|', 'kernelSize'],
  ])('%s offers the options of the call first', async (code, option) => {
    const {matches} = await complete(code);
    expect(matches).toContain(option);
    expect(matches.length).toBeLessThan(60);
  });

  test.each([
    ['fit', 2, /Trains a model/],
    ['fit(model, ', 11, /Trains a model/],
    ['tf.layers.dense({units: 1, ', 26, /units|dense/],
  ])('%s: Shift and Tab at %d tells about it, in Markdown', async (code, cursor_pos, about) => {
    const {reply} = await kernel.request('inspect_request', {code, cursor_pos, detail_level: 0});
    expect(reply.found).toBe(true);
    const data = reply.data as Record<string, string>;
    expect(data['text/markdown']).toMatch(/^```typescript\n/);
    expect(data['text/markdown']).toMatch(about);
    expect(data['text/plain']).toMatch(about);
  });

  test.each([
    ['1 + 1', {status: 'complete'}],
    ['function f() {', {status: 'incomplete', indent: '  '}],
    ['const a = [', {status: 'incomplete', indent: '  '}],
    ['const = 5;', {status: 'invalid'}],
  ])('is_complete of %j', async (code, wanted) => {
    expect((await kernel.request('is_complete_request', {code})).reply).toMatchObject(wanted);
  });
});

describe('the stop button', () => {
  test('ends a loop that never pauses, and a wait', async () => {
    for (const code of ['while (true);', 'await new Promise(() => undefined);']) {
      const running = kernel.run(code);
      await new Promise((resolve) => setTimeout(resolve, 700));
      kernel.interrupt();
      expect((await running).error).toMatchObject({ename: 'Interrupted'});
    }
    expect((await kernel.run('5')).reply.status).toBe('ok');
  });

  test('is pressed by interrupt_request, too', async () => {
    const running = kernel.run('await new Promise(() => undefined);');
    await new Promise((resolve) => setTimeout(resolve, 500));
    await kernel.request('interrupt_request', {}, {channel: 'control'});
    expect((await running).error).toMatchObject({ename: 'Interrupted'});
  });
});

describe('comms', () => {
  test('are opened, listed, written to from both sides, and closed', async () => {
    const {outputs} = await kernel.run(`
      const comm = (globalThis as any)[Symbol.for('convlab.kernel')].openComm('test.target', {a: 1});
      comm.onMessage((data: any) => { console.log('heard', data.b); comm.send({c: 3}); });
      undefined`);
    const opened = outputs.find(({type}) => type === 'comm_open')!.content;
    expect(opened).toMatchObject({target_name: 'test.target', data: {a: 1}});
    const {reply} = await kernel.request('comm_info_request', {target_name: 'test.target'});
    expect(reply.comms).toEqual({[opened.comm_id as string]: {target_name: 'test.target'}});
    const answered = await kernel.send('comm_msg', {comm_id: opened.comm_id, data: {b: 2}});
    expect(answered).toMatchObject([{type: 'comm_msg', content: {data: {c: 3}}}]);
    await kernel.send('comm_close', {comm_id: opened.comm_id, data: {}});
    expect((await kernel.request('comm_info_request', {})).reply.comms).toEqual({});
  });

  test('that nothing waits for are closed at once', async () => {
    const outputs = await kernel.send('comm_open', {comm_id: 'x', target_name: 'nobody', data: {}});
    expect(outputs).toMatchObject([{type: 'comm_close', content: {comm_id: 'x'}}]);
  });
});

describe('starting and ending', () => {
  test('over ipc, and shut down by request', async () => {
    const other = await KernelClient.start(undefined, 'ipc');
    expect((await other.run('6 * 7')).result?.['text/plain']).toBe('42');
    const {reply} = await other.request('shutdown_request', {restart: true}, {channel: 'control'});
    expect(reply).toEqual({status: 'ok', restart: true});
    expect(await other.ended()).toBe(0);
    fs.rmSync(other.folder, {recursive: true});
  });
});
