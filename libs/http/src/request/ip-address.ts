import { isIP, isIPv4, SocketAddress } from 'node:net';

/** Longer than an IPv6 address with a zone, in brackets and with a port; a longer text is not an address. */
const MAX_LENGTH = 80;
const PORT = /^\d{1,5}$/;
const IPV4_IN_IPV6 = '::ffff:';

/**
 * Parses an address as proxies write it, into its canonical form: without port (`203.0.113.9:50000`), brackets
 * (`[2001:db8::1]:443`) and zone; IPv4 in IPv6 (`::ffff:203.0.113.9`) as IPv4.
 * @returns undefined if the text is not an address.
 */
export function parseAddress(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const address = withoutPort(text.trim());
  const version = isIP(address);
  return version === 6 ? canonical(address.replace(/%.*/, '')) : version === 4 ? address : undefined;
}

/**
 * What a rate limit counts as one client: an IPv4 address, or the /64 that every IPv6 client has to itself.
 * @param address as `parseAddress` returns it.
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const [start = '', end] = address.split('::');
  const [first, last] = [groupsOf(start), groupsOf(end ?? '')];
  const zeros = Array<string>(8 - first.length - last.length).fill('0');
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::/64`;
}

function withoutPort(text: string): string {
  if (text.startsWith('[')) {
    const end = text.indexOf(']');
    const rest = text.slice(end + 1);
    return rest === '' || (rest.startsWith(':') && PORT.test(rest.slice(1))) ? text.slice(1, end) : '';
  }
  const colon = text.indexOf(':');
  const hasPort = colon > 0 && isIPv4(text.slice(0, colon)) && PORT.test(text.slice(colon + 1));
  return hasPort ? text.slice(0, colon) : text;
}

function canonical(address: string): string {
  const embedded = ipv4In(address);
  if (embedded !== undefined) return embedded;
  const { address: short } = new SocketAddress({ address, family: 'ipv6' });
  return ipv4In(short) ?? short;
}

/** IPv4 peers have this form if the server also listens on IPv6. */
function ipv4In(address: string): string | undefined {
  const rest = address.startsWith(IPV4_IN_IPV6) ? address.slice(IPV4_IN_IPV6.length) : '';
  return isIPv4(rest) ? rest : undefined;
}

/** The last two groups may be in IPv4 notation. */
function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? [group, '0'] : [group]));
}
