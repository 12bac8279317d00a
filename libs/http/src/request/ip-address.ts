import { isIP, isIPv4, SocketAddress } from 'node:net';

/** An IPv6 address with its zone, in brackets and with a port, is shorter; a longer text is no address. */
const MAX_LENGTH = 80;
const PORT = /^\d{1,5}$/;
const IPV4_IN_IPV6 = '::ffff:';

/**
 * The address in a text such as proxies write it, in its one canonical form: without port (`203.0.113.9:50000`), brackets
 * (`[2001:db8::1]:443`) and zone, IPv4 in IPv6 (`::ffff:203.0.113.9`) as IPv4.
 * @returns undefined if the text is no address.
 */
export function parseAddress(text: string): string | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  const address = withoutPort(text.trim());
  const version = isIP(address);
  return version === 6 ? canonical(address.replace(/%.*/, '')) : version === 4 ? address : undefined;
}

/**
 * What a limit counts as one client: an IPv4 address, or the /64 that every IPv6 client has for itself.
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

/** The peers of a server that listens on IPv6 too are written in this way. */
function ipv4In(address: string): string | undefined {
  const rest = address.startsWith(IPV4_IN_IPV6) ? address.slice(IPV4_IN_IPV6.length) : '';
  return isIPv4(rest) ? rest : undefined;
}

/** The last two groups may be written as IPv4. */
function groupsOf(part: string): string[] {
  return part === '' ? [] : part.split(':').flatMap((group) => (group.includes('.') ? [group, '0'] : [group]));
}
