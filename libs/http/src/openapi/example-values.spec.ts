import { EXAMPLE_VALUES } from './example-values.js';

it('no example contains another, so that each can be replaced by itself', () => {
  const examples = Object.values(EXAMPLE_VALUES);
  for (const example of examples) {
    expect(examples.filter((other) => other.includes(example))).toEqual([example]);
  }
});
