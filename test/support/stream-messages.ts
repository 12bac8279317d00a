import type { StreamMessage } from './event-stream.js';

const LIFE = /^\w{8}$/;

/** Matches the id of an event, which includes the life of the cart: empty before its first change. */
const idOf = (version: number): string => (version === 0 ? '.0' : expect.stringMatching(`^\\w{8}\\.${version}$`));
const lifeAt = (version: number): string => (version === 0 ? '' : expect.stringMatching(LIFE));

/** The message of a stream if earlier changes may have been missed. */
export const sync = (version: number): StreamMessage => ({
  event: 'sync',
  id: idOf(version),
  retry: '1000',
  data: { life: lifeAt(version), version },
});

/** The first message of a stream if nothing was missed, except the changes that follow. */
export const resumed = (version: number): StreamMessage => ({ id: idOf(version), retry: '1000', comment: 'resumed' });

/** Matches a change, with `[line id, before, after]` of each line, which has no options. */
export const change = (type: string, version: number, ...lines: [string, number, number][]): StreamMessage => ({
  event: 'change',
  id: idOf(version),
  data: {
    type,
    life: lifeAt(version),
    version,
    changes: lines.map(([id, before, after]) => ({ product_id: id, line_id: id, before, after })),
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  },
});
