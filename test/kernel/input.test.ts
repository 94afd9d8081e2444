// Questions to the reader, over the real protocol.
import {describe, expect, test} from '@jest/globals';
import {notebook} from './notebook';

const {kernel, run} = notebook();

describe('clearOutput and input', () => {
  test('clear_output is sent', async () => {
    const {outputs} = await run("import {clearOutput, input} from 'convlab'; clearOutput({wait: true});");
    expect(outputs.at(-1)).toMatchObject({type: 'clear_output', content: {wait: true}});
  });

  test('input asks the front end', async () => {
    kernel().onInput = (prompt) => `answer to ${prompt}`;
    expect((await run("await input('who? ')")).result?.['text/plain']).toBe("'answer to who? '");
  });

  test('input asks one question after the other, though a cell asks both at once', async () => {
    const asked: string[] = [];
    kernel().onInput = (prompt) => `${prompt}${asked.push(prompt)}`;
    const {result} = await run("await Promise.all([input('a'), input('b')])");
    expect(result?.['text/plain']).toBe("[ 'a1', 'b2' ]");
  });

  test('input says when nobody can be asked', async () => {
    const {error} = await run("await input('who? ')", {allow_stdin: false});
    expect(error!.evalue).toBe('input: nobody can be asked here; give the value in the cell');
  });

  test('a cell that was stopped asks no more, not even below the next one', async () => {
    const asked: string[] = [];
    kernel().onInput = (prompt) => String(asked.push(prompt));
    const stopped = run("await new Promise((resolve) => setTimeout(resolve, 1000));\nawait input('late? ');");
    setTimeout(() => {
      kernel().interrupt();
    }, 500);
    expect((await stopped).error).toMatchObject({ename: 'Interrupted'});
    await run('await new Promise((resolve) => setTimeout(resolve, 1500));');
    expect(asked).toEqual([]);
    expect((await run("await input('new? ')")).result?.['text/plain']).toBe("'1'");
  });

  test('of two questions the second is not asked when the cell was stopped at the first', async () => {
    const asked: string[] = [];
    kernel().onInput = (prompt) => {
      kernel().interrupt();
      return String(asked.push(prompt));
    };
    const {error} = await run(
      "await input('first? ');\nawait new Promise((resolve) => setTimeout(resolve, 200));\nawait input('second? ');",
    );
    expect(error).toMatchObject({ename: 'Interrupted'});
    await run('await new Promise((resolve) => setTimeout(resolve, 400));');
    expect(asked).toEqual(['first? ']);
  });
});
