import { keys } from '#redis';

/** What to check and count before a request is admitted. Omitted fields are skipped. */
export interface Admission {
  /** A session that must be active, in the form of a session id. */
  readonly sessionId?: string | undefined;
  /** The client's network, whose requests are counted across all its tokens. */
  readonly network?: string | undefined;
  /** A second counter: a user, or whatever takes the place of one. */
  readonly tracker?: string | undefined;
}

export type Verdict =
  /** `hits` includes this request. It counts the tracker's window or, without a tracker, the network's. */
  | { readonly code: 'admitted'; readonly hits: number; readonly leftSeconds: number }
  | { readonly code: 'address_limit_exceeded'; readonly leftSeconds: number }
  | { readonly code: 'session_revoked' };

/** The verdict of Redis. `uncounted` means that Redis is full; the session, if any, is then active. */
export type RedisVerdict = Verdict | { readonly code: 'uncounted' };

/**
 * Appends the keys of an admission to those of a script.
 * @returns the letters by which `admit.lua` knows them.
 */
export function addKeys(names: string[], { sessionId, network, tracker }: Admission): string {
  let letters = '';
  if (sessionId !== undefined) letters += add(names, 's', keys.session(sessionId));
  if (network !== undefined) letters += add(names, 'a', keys.addressLimit(network));
  if (tracker !== undefined) letters += add(names, 'u', keys.rateLimit(tracker));
  return letters;
}

/** Splits an admission into steps of one key each, in the order in which they must be taken. */
export function stepsOf({ sessionId, network, tracker }: Admission): Admission[] {
  return [
    ...(sessionId === undefined ? [] : [{ sessionId }]),
    ...(network === undefined ? [] : [{ network }]),
    ...(tracker === undefined ? [] : [{ tracker }]),
  ];
}

function add(names: string[], letter: string, name: string): string {
  names.push(name);
  return letter;
}
