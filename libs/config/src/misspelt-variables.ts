import { distance } from 'fastest-levenshtein';
import { environmentSchema } from './environment.js';
import { isForeign } from './foreign-variables.js';
import { processEnvironment, type EnvironmentVariables } from './load-config.js';
import { OPEN_TELEMETRY_VARIABLES } from './open-telemetry-variables.js';

/** How many letters may always be wrong, missing or too many, and which share of a name that is longer. */
const MAX_DISTANCE = 2;
const MAX_SHARE = 0.4;
/** From here on, two wrong letters leave no doubt which name is meant, whatever the name begins with. */
const MIN_LENGTH_OF_ANY = 8;

/** Settings of earlier versions, and what does their work now. */
const REPLACED = new Map([['REDIS_CLUSTER', 'REDIS_MODE=cluster']]);

const PREFIX = /^[A-Z]+_/;
const NAMES = [...Object.keys(environmentSchema.shape), ...OPEN_TELEMETRY_VARIABLES];
/** Prefixes that other software uses as well, such as in `NODE_OPTIONS`, `HTTP_PROXY` and `OTEL_LOGS_EXPORTER`. */
const SHARED_PREFIXES = ['NODE_', 'HTTP_', 'OTEL_'];
/** What only settings of this service begin with, such as `CART_`. */
const OWN_PREFIXES = new Set(
  NAMES.flatMap((name) => PREFIX.exec(name) ?? []).filter((prefix) => !SHARED_PREFIXES.includes(prefix)),
);

/**
 * Finds variables that look like settings of this service but are none, each as a line that names the likely one if there is one:
 * all with a prefix of its own, and others that differ from a setting by a letter or two. Variables of other software are left out.
 */
export function findMisspeltVariables(variables: EnvironmentVariables = processEnvironment()): string[] {
  return Object.entries(variables)
    .filter(([name, value]) => PREFIX.test(name) && !NAMES.includes(name) && !isForeign(name, value))
    .flatMap(([name]) => warningOf(name));
}

function warningOf(name: string): string[] {
  const isOwn = OWN_PREFIXES.has(PREFIX.exec(name)?.[0] ?? '');
  const likely = REPLACED.get(name) ?? (isOwn ? likelyOwnName(name) : nearestName(name));
  if (likely === undefined && !isOwn) return [];
  return [`${name} is not a setting of this service.${likely === undefined ? '' : ` Did you mean ${likely}?`}`];
}

/** The nearest of all names, if it is very near. */
function nearestName(name: string): string | undefined {
  return nearest(
    name,
    NAMES.filter((each) => each.length >= MIN_LENGTH_OF_ANY),
    () => MAX_DISTANCE,
  );
}

/**
 * The nearest name with the same prefix, compared by what follows it; otherwise one that the given name begins with or is the
 * beginning of, such as `REDIS_HOSTNAME` and `CART_TTL`.
 */
function likelyOwnName(name: string): string | undefined {
  const [prefix = ''] = PREFIX.exec(name) ?? [];
  const siblings = NAMES.filter((each) => each.startsWith(prefix));
  const rest = nearest(
    name.slice(prefix.length),
    siblings.map((each) => each.slice(prefix.length)),
    (length) => Math.max(Math.min(MAX_DISTANCE, length - 1), length * MAX_SHARE),
  );
  if (rest !== undefined) return prefix + rest;
  return siblings.find((each) => each.startsWith(name) || name.startsWith(each));
}

/** @param limit how far away a name may be, by the length of the longer of the two. */
function nearest(name: string, names: readonly string[], limit: (length: number) => number): string | undefined {
  const [best] = names
    .map((each) => ({ each, away: distance(name, each), length: Math.max(name.length, each.length) }))
    .filter(({ away, length }) => away <= limit(length))
    .sort((left, right) => left.away - right.away);
  return best?.each;
}
