import {expect, test} from '@jest/globals';
import {Comms} from '../../lib/src/kernel/comms';
import type {Publisher} from '../../lib/src/kernel/publisher';
import type {Message} from '../../lib/src/kernel/wire';

test('a listener that throws leaves no question open, which later messages would be taken to answer', async () => {
  const parents: unknown[] = [];
  const publish = (_type: string, _content: unknown, parent?: unknown) => void parents.push(parent);
  const comms = new Comms({publish} as unknown as Publisher);
  const comm = comms.create('widget', {});
  comm.onMessage(() => {
    throw new Error('slider');
  });
  const header = {msg_type: 'comm_msg'};
  const message = {header, content: {comm_id: comm.id, data: {}}, buffers: []} as unknown as Message;
  await expect(comms.receive(message)).rejects.toThrow('slider');
  comm.send({});
  expect(parents).toEqual([undefined, undefined]);
});
