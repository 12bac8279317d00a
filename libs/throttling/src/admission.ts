import { keys } from '#redis';

/** What a request is admitted by; what is left out is not asked for. */
export interface Admission {
  /** A session that must be active, in the form of a session's id. */
  readonly sessionId?: string | undefined;
  /** The client's network, whose requests are counted over all its tokens. */
  readonly network?: string | undefined;
  /** Whose requests are counted besides: a user, or what stands for one. */
  readonly tracker?: string | undefined;
}

export type Verdict =
  /** `hits` counts this request among those of the tracker in its window; without a tracker, of the network. */
  | { readonly code: 'admitted'; readonly hits: number; readonly leftSeconds: number }
  | { readonly code: 'address_limit_exceeded'; readonly leftSeconds: number }
  | { readonly code: 'session_revoked' };

/** What Redis says of an admission: `uncounted` if it is full. The session, if there is one, is active then. */
export type RedisVerdict = Verdict | { readonly code: 'uncounted' };

/**
 * Adds the keys of an admission to those of a script.
 * @returns the letters by which `admit.lua` knows them.
 */
export function addKeys(names: string[], { sessionId, network, tracker }: Admission): string {
  let letters = '';
  if (sessionId !== undefined) letters += add(names, 's', keys.session(sessionId));
  if (network !== undefined) letters += add(names, 'a', keys.addressLimit(network));
  if (tracker !== undefined) letters += add(names, 'u', keys.rateLimit(tracker));
  return letters;
}

/** The same admission in steps of one key each, to be taken in this order. */
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
