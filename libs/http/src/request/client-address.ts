import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { networkOf, parseAddress } from './ip-address.js';

/** Proxies append to `X-Forwarded-For`, so what they say is at its end. Ten of them, the most that can be set, say less. */
const MAX_FORWARDED_LENGTH = 1024;

/** Express's setting: whether an address, the peer's (hop 0) or that before it, is one of `TRUST_PROXY`. */
type IsTrusted = (address: string, hop: number) => boolean;

/**
 * The address of the client as `parseAddress` writes it: the peer's or, where the peer is a trusted proxy, the last one
 * in `X-Forwarded-For` that is none. Express's `request.ip` keeps ports, and takes a text that is no address for one.
 * @returns the peer's own where the text is no address; undefined where the connection is closed already.
 */
export function clientAddress(request: Request): string | undefined {
  const peer = parseAddress(request.socket.remoteAddress ?? '');
  const forwarded = request.headers['x-forwarded-for'];
  if (peer === undefined || typeof forwarded !== 'string') return peer;
  const isTrusted: unknown = request.app.get('trust proxy fn');
  return isTrust(isTrusted) && isTrusted(peer, 0) ? (forwardedAddress(forwarded, isTrusted) ?? peer) : peer;
}

/** What a limit counts as the client of a request: an IPv4 address, or the /64 of an IPv6 one. */
export function clientNetwork(request: Request): string {
  return networkOf(clientAddress(request) ?? 'unknown');
}

/** The client's address, for a handler. */
export const ClientAddress = createParamDecorator((_: undefined, context: ExecutionContext): string | undefined =>
  clientAddress(context.switchToHttp().getRequest<Request>()),
);

/** Walks from the nearest proxy towards the client; undefined if there is no address in the client's place. */
function forwardedAddress(header: string, isTrusted: IsTrusted): string | undefined {
  const forwarded = header.slice(-MAX_FORWARDED_LENGTH);
  let end = forwarded.length;
  for (let hop = 1; ; hop += 1) {
    const comma = forwarded.lastIndexOf(',', end - 1);
    const address = parseAddress(forwarded.slice(comma + 1, end));
    if (address === undefined || comma < 0 || !isTrusted(address, hop)) return address;
    end = comma;
  }
}

function isTrust(value: unknown): value is IsTrusted {
  return typeof value === 'function';
}
