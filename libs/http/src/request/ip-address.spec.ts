import fc from 'fast-check';
import { networkOf, parseAddress } from './ip-address.js';

const ADDRESSES: readonly [text: string, address: string | undefined, network: string | undefined][] = [
  ['203.0.113.9', '203.0.113.9', '203.0.113.9'],
  [' 203.0.113.9 ', '203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:50000', '203.0.113.9', '203.0.113.9'],
  ['[203.0.113.9]:50000', '203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9', '203.0.113.9'],
  ['::FFFF:cb00:7109', '203.0.113.9', '203.0.113.9'],
  ['0:0:0:0:0:ffff:203.0.113.9', '203.0.113.9', '203.0.113.9'],
  ['[::ffff:203.0.113.9]:50000', '203.0.113.9', '203.0.113.9'],
  ['2001:db8::1', '2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1', '2001:db8:0:0::/64'],
  ['[2001:db8::1]', '2001:db8::1', '2001:db8:0:0::/64'],
  ['[2001:db8::1]:443', '2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:db8:0:2::9', '2001:db8:0:2::9', '2001:db8:0:2::/64'],
  ['1::2:3:4:5:6:7', '1:0:2:3:4:5:6:7', '1:0:2:3::/64'],
  ['::2:3:4:5:6:7', '::2:3:4:5:6:7', '0:0:2:3::/64'],
  ['::1', '::1', '0:0:0:0::/64'],
  ['::', '::', '0:0:0:0::/64'],
  ['64:ff9b::203.0.113.9', '64:ff9b::cb00:7109', '64:ff9b:0:0::/64'],
  ['::203.0.113.9', '::203.0.113.9', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80::1', 'fe80:0:0:0::/64'],
  ['[fe80::1%25eth0]:80', 'fe80::1', 'fe80:0:0:0::/64'],
  ...[
    '',
    'unknown',
    '_hidden',
    'localhost',
    '203.0.113',
    '203.0.113.256',
    '010.0.0.1',
    '203.0.113.9:',
    '203.0.113.9:port',
    '203.0.113.9:999999',
    '203.0.113.9:1:2',
    '[2001:db8::1',
    '2001:db8::1]',
    '[2001:db8::1]443',
    '[2001:db8::1]:x',
    '[]',
    '[[::1]]',
    '2001:db8::1::2',
    '2001:db8:g::1',
    '203.0.113.9/32',
    `${' '.repeat(100)}203.0.113.9`,
    '1'.repeat(100),
  ].map((text): [string, undefined, undefined] => [text, undefined, undefined]),
];

it.each(ADDRESSES)('%j is the address %j in the network %j', (text, address, network) => {
  expect(parseAddress(text)).toBe(address);
  expect(address && networkOf(address)).toBe(network);
});

it('an IPv6 address is in the same /64 in every notation', () => {
  const group = fc.integer({ min: 0, max: 0xffff });
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const hex = groups.map((value) => value.toString(16));
      const whole = parseAddress(hex.map((value) => value.padStart(4, '0').toUpperCase()).join(':')) ?? '';
      fc.pre(whole.includes(':'));
      expect(networkOf(whole)).toBe(`${hex.slice(0, 4).join(':')}::/64`);
      expect(parseAddress(whole)).toBe(whole);
    }),
  );
});

it('any text is either an address or rejected', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 100 }), (text) => {
      const address = parseAddress(text);
      if (address !== undefined) expect(parseAddress(address)).toBe(address);
    }),
  );
});
