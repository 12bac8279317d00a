export type InfoValue = string | number | Readonly<Record<string, string | number>>;
export type InfoSection = Readonly<Record<string, InfoValue>>;
export type RedisInfo = Readonly<Record<string, InfoSection>>;

/** Parses the reply of `INFO`: section -> field -> value, with section names in lower case and numbers as numbers. */
export function parseRedisInfo(text: string): RedisInfo {
  const sections: Record<string, Record<string, InfoValue>> = {};
  let section: Record<string, InfoValue> = {};
  for (const line of text.split(/\r?\n/)) {
    const [field = '', ...rest] = line.split(':');
    if (line.startsWith('# ')) {
      section = {};
      sections[line.slice(2).toLowerCase()] = section;
    } else if (rest.length > 0) {
      section[field] = parseValue(field, rest.join(':'));
    }
  }
  return sections;
}

/** The fields of the `keyspace` section are lists: `db0:keys=1,expires=0,avg_ttl=0`. */
function parseValue(field: string, value: string): InfoValue {
  if (!/^db\d+$/.test(field)) return scalar(value);
  return Object.fromEntries(value.split(',').map((pair) => splitPair(pair)));
}

function splitPair(pair: string): [string, string | number] {
  const at = pair.indexOf('=');
  return [pair.slice(0, at), scalar(pair.slice(at + 1))];
}

/** A version, a digest with leading zeros, or a number too long for a double stays text. */
function scalar(value: string): string | number {
  return /^-?(0|[1-9]\d{0,14})(\.\d{1,9})?$/.test(value) ? Number(value) : value;
}
