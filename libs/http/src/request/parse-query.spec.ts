import { ValidationFailedError } from '#kernel';
import { parseQuery } from './parse-query.js';

describe('a query', () => {
  it.each([
    [null, {}],
    ['', {}],
    ['ids=a,b&ids=c', { ids: ['a,b', 'c'] }],
    ['ids=caf%C3%A9+%26', { ids: 'café &' }],
    ['a=1&&b', { a: '1', b: '' }],
  ])('%j is parsed', (query, parsed) => {
    expect({ ...parseQuery(query) }).toEqual(parsed);
  });

  it.each([
    ['ids=%ED%A0%80', 'ids'],
    ['ids=a&except=%ff', 'except'],
    ['ids=%', 'ids'],
    ['ids=%zz', 'ids'],
    ['%ff=1', '\ufffd'],
  ])('%j is rejected, naming the parameter', (query, field) => {
    let thrown: unknown;
    try {
      parseQuery(query);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ValidationFailedError);
    expect(thrown).toMatchObject({ fields: [{ field, message: 'must be percent-encoded UTF-8' }] });
  });
});
