import fc from 'fast-check';
import type { Value } from './value.js';

/** Texts that break careless parsers. */
export const oddText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      ' ',
      '\0',
      '\u0001\u001f',
      '\u007f',
      '\u202e',
      '\ufeff',
      '\ud800',
      '\udc00',
      '\ud800a',
      'a\udfff',
      '\uffff',
    ],
    ...[
      '__proto__',
      'constructor',
      'prototype',
      'toString',
      'hasOwnProperty',
      'null',
      'undefined',
      'NaN',
      'true',
      '-1',
    ],
    ...[
      '../../etc/passwd',
      '{}',
      '{x}',
      '{{x}}',
      '*',
      '%',
      '%s%n',
      '$where',
      "'; --",
      '<b>',
      '\r\nX-Injected: 1',
      'a b',
    ],
    ...[
      '0x10',
      '1e3',
      '1.0',
      ' 1',
      '+1',
      '01',
      '١',
      '9007199254740993',
      'x'.repeat(101),
      'x'.repeat(3000),
      'é'.repeat(2001),
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** JSON of any type, usually the wrong one. */
export const oddValue: fc.Arbitrary<Value> = fc.oneof(
  oddText,
  fc.constantFrom<Value>(
    ...[null, true, false, 0, -0, -1, 1.5, 1e-7, 1e21, 1e308, 5e-324, 2 ** 31, 2 ** 53, -(2 ** 63), 1001],
    ...[[], [[]], {}, [null], { a: {} }, { length: 5 }, { toString: 1 }, { constructor: { prototype: {} } }],
  ),
  fc.array(fc.integer(), { minLength: 101, maxLength: 120 }),
  fc.integer({ min: 3, max: 60 }).map(nested),
);

/** Whole bodies that are not JSON, or JSON that no client should send. */
export const oddBody: fc.Arbitrary<Buffer> = fc.oneof(
  fc
    .constantFrom(
      ...[
        '',
        ' ',
        '{',
        '[',
        'null',
        'true',
        '1',
        '"x"',
        '[]',
        '[{}]',
        '{}',
        '{}{}',
        '{"a":1,"a":2}',
        '{"a":1,}',
        "{'a':1}",
        'NaN',
      ],
      ...[
        '{"__proto__":{"admin":true}}',
        '{"constructor":{"prototype":{"a":1}}}',
        '{"quantity":1e999}',
        '\ufeff{}',
        '{"a":"\u0000"}',
      ],
      ...[
        '{"a":"\\ud800"}',
        '{"email":"\\ud800","password":"\\udc00"}',
        '{"product_id":"\\ud800","quantity":1}',
        'a=1&b=2',
      ],
    )
    .map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(100, 5000, 40_000).map((depth) => Buffer.from('['.repeat(depth))),
  fc.constantFrom(100, 5000).map((depth) => Buffer.from('{"a":'.repeat(depth) + '1' + '}'.repeat(depth))),
  fc.constantFrom(64 * 1024, 64 * 1024 + 1, 300_000).map((size) => Buffer.from(`{"a":"${'x'.repeat(size - 8)}"}`)),
);

function nested(depth: number): Value {
  return depth === 0 ? 1 : { a: nested(depth - 1) };
}
