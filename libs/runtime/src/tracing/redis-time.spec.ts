import { RedisTime } from './redis-time.js';

const at = (ms: number): void => {
  jest.spyOn(performance, 'now').mockReturnValue(ms);
};
afterEach(() => {
  jest.restoreAllMocks();
});

it('adds up replies that follow each other', () => {
  const time = new RedisTime();
  for (const [begin, end] of [
    [100, 103],
    [110, 115],
  ] as const) {
    at(begin);
    time.begin();
    at(end);
    time.end();
  }
  expect(time.ms).toBe(8);
});

it('counts replies that are awaited at the same time once', () => {
  const time = new RedisTime();
  at(100);
  time.begin();
  at(102);
  time.begin();
  at(105);
  time.end();
  at(109);
  time.end();
  expect(time.ms).toBe(9);
});
