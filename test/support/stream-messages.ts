import type { StreamMessage } from './event-stream.js';

/** What a stream says where earlier changes may have been missed. */
export const sync = (version: number): StreamMessage => ({
  event: 'sync',
  id: String(version),
  retry: '1000',
  data: { version },
});

/** What a stream begins with where nothing was missed but what follows. */
export const resumed = (version: number): StreamMessage => ({ id: String(version), retry: '1000', comment: 'resumed' });

/** What Jest has to expect of a change, with `[product id, before, after]` of each line. */
export const change = (type: string, version: number, ...lines: [string, number, number][]): StreamMessage => ({
  event: 'change',
  id: String(version),
  data: {
    type,
    version,
    changes: lines.map(([product_id, before, after]) => ({ product_id, before, after })),
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  },
});
