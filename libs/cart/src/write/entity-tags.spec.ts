import { ValidationFailedError } from '#common';
import { versionsOfIfMatch, versionsOfIfNoneMatch } from './entity-tags.js';

describe('If-Match', () => {
  it.each([
    [undefined, ''],
    ['*', ''],
    [' * ', ''],
    ['"7"', ',7,'],
    ['"7", "8"', ',7,8,'],
    ['"7","8"', ',7,8,'],
    [', "7" ,', ',7,'],
    ['W/"7"', ',,'],
    ['W/"7", "8"', ',8,'],
    ['"abc"', ',,'],
    ['""', ',,'],
    ['"7,8"', ',,'],
    ['"1234567890123456"', ',,'],
  ])('%j allows the versions %j', (header, versions) => {
    expect(versionsOfIfMatch(header)).toBe(versions);
  });

  it.each(['', ' , ', '7', '"7', '7"', '"7" 8', 'W/7', '"7" *'])('%j is refused', (header) => {
    expect(() => versionsOfIfMatch(header)).toThrow(ValidationFailedError);
  });
});

describe('If-None-Match', () => {
  it.each([
    [undefined, ''],
    ['*', ''],
    ['"7"', ',7,'],
    ['W/"7", "8"', ',7,8,'],
    ['"abc"', ''],
    ['7', ''],
  ])('%j tells of the versions %j', (header, versions) => {
    expect(versionsOfIfNoneMatch(header)).toBe(versions);
  });
});
