import type { StreamMessage } from './event-stream.js';

const LIFE = /^\w{8}$/;

/** What Jest has to expect of the id of an event: the life of the cart, which is empty before its first change. */
const idOf = (version: number): string => (version === 0 ? '.0' : expect.stringMatching(`^\\w{8}\\.${version}$`));
const lifeAt = (version: number): string => (version === 0 ? '' : expect.stringMatching(LIFE));

/** What a stream says where earlier changes may have been missed. */
export const sync = (version: number): StreamMessage => ({
  event: 'sync',
  id: idOf(version),
  retry: '1000',
  data: { life: lifeAt(version), version },
});

/** What a stream begins with where nothing was missed but what follows. */
export const resumed = (version: number): StreamMessage => ({ id: idOf(version), retry: '1000', comment: 'resumed' });

/** What Jest has to expect of a change, with `[product id, before, after]` of each line. */
export const change = (type: string, version: number, ...lines: [string, number, number][]): StreamMessage => ({
  event: 'change',
  id: idOf(version),
  data: {
    type,
    life: lifeAt(version),
    version,
    changes: lines.map(([product_id, before, after]) => ({ product_id, before, after })),
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  },
});
