import { exclusively } from './exclusively.js';

describe('exclusively', () => {
  it('runs tasks of a name one after the other, also after one that failed', async () => {
    const order: string[] = [];
    let release: () => void = () => undefined;
    const first = exclusively('a', async () => {
      order.push('first begins');
      await new Promise<void>((resolve) => (release = resolve));
      order.push('first ends');
      throw new Error('failed');
    });
    const second = exclusively('a', async () => Promise.resolve(order.push('second')));
    await exclusively('b', async () => Promise.resolve(order.push('other name')));
    release();
    await expect(first).rejects.toThrow('failed');
    await second;
    expect(order).toEqual(['first begins', 'other name', 'first ends', 'second']);
  });

  it('returns what the task returns', async () => {
    expect(await exclusively('c', async () => Promise.resolve(7))).toBe(7);
  });
});
