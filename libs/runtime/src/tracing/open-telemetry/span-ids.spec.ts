import { SpanIds } from './span-ids.js';

it('shows the id of the next trace, which only that trace gets', () => {
  const ids = new SpanIds();
  const next = ids.nextTraceId;
  expect(next).toMatch(/^[0-9a-f]{32}$/);
  expect(ids.nextTraceId).toBe(next);
  expect(ids.generateTraceId()).toBe(next);
  expect(ids.nextTraceId).not.toBe(next);
});

it('gives each span an id of its own', () => {
  const ids = new SpanIds();
  const spans = Array.from({ length: 100 }, () => ids.generateSpanId());
  expect(new Set(spans).size).toBe(100);
  for (const id of spans) expect(id).toMatch(/^[0-9a-f]{16}$/);
});
