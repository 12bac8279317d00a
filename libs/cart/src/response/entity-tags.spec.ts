import { ValidationFailedError } from '#kernel';
import { cartTag, statesOfIfMatch } from './entity-tags.js';

const D = 'mYq0Zk3vJq0Jr0X1mXlq8A';

describe('If-Match', () => {
  it.each([
    [undefined, ''],
    ['*', ''],
    [' * ', ''],
    [`"4f1c22a9.7.${D}"`, ',4f1c22a9.7,'],
    [`"4f1c22a9.7.${D}", "4f1c22a9.8.${D}"`, ',4f1c22a9.7,4f1c22a9.8,'],
    [`"4f1c22a9.7.${D}","0b.8.${D}"`, ',4f1c22a9.7,0b.8,'],
    [`, ".0.${D}" ,`, ',.0,'],
    [`W/"4f1c22a9.7.${D}"`, ',,'],
    [`W/"4f1c22a9.7.${D}", "4f1c22a9.8.${D}"`, ',4f1c22a9.8,'],
    ['"7"', ',,'],
    ['"abc"', ',,'],
    ['""', ',,'],
    [`"4f1c22a9.7,4f1c22a9.8.${D}"`, ',,'],
    [`"4f1c22a9.1234567890123456.${D}"`, ',,'],
    [`"4f1c22a9.7.${D}x"`, ',,'],
  ])('%j allows the states %j', (header, states) => {
    expect(statesOfIfMatch(header)).toBe(states);
  });

  it.each(['', ' , ', '7', '"7', '7"', '"7" 8', 'W/7', '"7" *'])('%j is malformed', (header) => {
    expect(() => statesOfIfMatch(header)).toThrow(ValidationFailedError);
  });

  it('allows the state of a tag created by this service', () => {
    expect(statesOfIfMatch(cartTag({ life: '4f1c22a9', version: 7 }, '{}'))).toBe(',4f1c22a9.7,');
  });
});

describe('the tag of a cart', () => {
  const tag = cartTag({ life: '4f1c22a9', version: 7 }, '{"user_id":"anna"}');

  it('is the same for the same state and body', () => {
    expect(cartTag({ life: '4f1c22a9', version: 7 }, '{"user_id":"anna"}')).toBe(tag);
  });

  it.each([
    ['body', { life: '4f1c22a9', version: 7 }, '{"user_id":"berta"}'],
    ['version', { life: '4f1c22a9', version: 8 }, '{"user_id":"anna"}'],
    ['life', { life: '4f1c22a8', version: 7 }, '{"user_id":"anna"}'],
  ])('differs for another %s', (_what, state, body) => {
    expect(cartTag(state, body)).not.toBe(tag);
  });
});
