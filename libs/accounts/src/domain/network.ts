import { isIPv4, isIPv6 } from 'node:net';

const IPV4_IN_IPV6 = /^::ffff:(?=\d+\.)/i;

/** The network that an address belongs to: an IPv4 address itself, of an IPv6 address its /64, which is one subscriber's. */
export function networkOf(address: string | undefined): string {
  const plain = (address ?? '').replace(IPV4_IN_IPV6, '');
  if (isIPv4(plain)) return plain;
  return isIPv6(plain) ? `${firstGroups(plain)}::/64` : 'unknown';
}

function firstGroups(address: string): string {
  const [head = '', tail = ''] = (address.split('%', 1)[0] ?? '').split('::');
  const [before, after] = [head, tail].map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - (before?.length ?? 0) - (after?.length ?? 0);
  const groups = [
    ...(before ?? []),
    ...Array<string>(address.includes('::') ? missing : 0).fill('0'),
    ...(after ?? []),
  ];
  return groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}
