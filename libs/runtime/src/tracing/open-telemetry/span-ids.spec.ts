import { SpanIds } from './span-ids.js';

it('gives only the next trace the id that was set for it', () => {
  const ids = new SpanIds();
  ids.nextTraceId = '0af7651916cd43dd8448eb211c80319c';
  expect(ids.generateTraceId()).toBe('0af7651916cd43dd8448eb211c80319c');
  expect(ids.generateTraceId()).toMatch(/^(?!0af7651916cd43dd)[0-9a-f]{32}$/);
});

it('gives each span an id of its own', () => {
  const ids = new SpanIds();
  const spans = Array.from({ length: 100 }, () => ids.generateSpanId());
  expect(new Set(spans).size).toBe(100);
  for (const id of spans) expect(id).toMatch(/^[0-9a-f]{16}$/);
});
