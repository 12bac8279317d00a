import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { detached } from './detached.js';

const MEBIBYTE = 1024 ** 2;

describe('a detached text', () => {
  it('equals the original', () => {
    const text = 'a product id that is cut from an answer, \u{1f6d2} and "\0"';
    expect(detached(text.slice(3))).toBe(text.slice(3));
  });

  it('does not keep the text it was cut from in memory', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: unknown = runInNewContext('gc');
    const before = process.memoryUsage().heapUsed;
    const kept = Array.from({ length: 100 }, (_, index) => {
      const whole = Buffer.alloc(MEBIBYTE / 2, `${index} and so on `).toString();
      return detached(whole.slice(100, 130));
    });
    if (typeof collectGarbage === 'function') collectGarbage();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(25 * MEBIBYTE);
    expect(kept).toHaveLength(100);
  });
});
