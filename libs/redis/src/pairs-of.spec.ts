import { pairsOf } from './pairs-of.js';

it('joins names and values, in their order', () => {
  expect(pairsOf(['a', '1', 'b', '2'])).toEqual([
    ['a', '1'],
    ['b', '2'],
  ]);
});

it('leaves out a name without a value', () => {
  expect(pairsOf(['a', '1', 'b'])).toEqual([['a', '1']]);
  expect(pairsOf([])).toEqual([]);
});
