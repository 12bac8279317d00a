import * as fc from 'fast-check';
import { ServerSentEvents, type ServerSentEvent } from './server-sent-events.js';

function messagesOf(...texts: string[]): ServerSentEvent[] {
  const messages = new ServerSentEvents();
  return texts.flatMap((text) => [...messages.push(text)]);
}

const STREAM = [
  'event: sync\nid: life.1\nretry: 1500\ndata: {"version":1}\n\n',
  ': heartbeat\n\n',
  'event: change\nid: life.2\ndata: {"a":\ndata: "é"}\n\n',
].join('');
const MESSAGES = [
  { event: 'sync', id: 'life.1', data: '{"version":1}' },
  { event: 'change', id: 'life.2', data: '{"a":\n"é"}' },
];

describe('ServerSentEvents', () => {
  it('reads events, ids and data of several lines, and skips comments', () => {
    expect(messagesOf(STREAM)).toEqual(MESSAGES);
  });

  it.each(['\r\n', '\r'])('reads lines that end with %j', (end) => {
    expect(messagesOf(`${STREAM.replaceAll('\n', end)}${end}`)).toEqual(MESSAGES);
  });

  it('reads the same messages wherever the network cuts the text', () => {
    const cuts = fc.array(fc.nat(STREAM.length), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, fc.constantFrom('\n', '\r\n'), (places, end) => {
        const text = STREAM.replaceAll('\n', end);
        const ends = [...places.toSorted((one, other) => one - other), text.length];
        const parts = ends.map((at, index) => text.slice(ends[index - 1] ?? 0, at));
        expect(messagesOf(...parts)).toEqual(MESSAGES);
      }),
    );
  });

  it('keeps the id for messages without one, and the time to wait', () => {
    const messages = new ServerSentEvents();
    const [, second] = messages.push('id: 7\nretry: 20\ndata: a\n\ndata: b\n\n');
    expect(second).toEqual({ event: 'message', id: '7', data: 'b' });
    expect(messages.retryMs).toBe(20);
  });

  it('gives no message before its empty line', () => {
    expect(messagesOf('event: sync\ndata: {}\n')).toEqual([]);
  });
});
