import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { networkOf, parseAddress } from './ip-address.js';

/**
 * Only the end of `X-Forwarded-For` matters, because proxies append to it. The entries of ten proxies, the most that can be
 * configured, are shorter than this.
 */
const MAX_FORWARDED_LENGTH = 1024;

/** Express's `trust proxy fn`: whether an address is in `TRUST_PROXY`. Hop 0 is the peer, hop 1 the address before it. */
type IsTrusted = (address: string, hop: number) => boolean;

/**
 * The client's address, in the form of `parseAddress`: the peer's address or, if the peer is a trusted proxy, the last address
 * in `X-Forwarded-For` that is not a trusted proxy. Express's `request.ip` keeps ports and accepts text that is not an address.
 * @returns the peer's address if the header has no valid address; undefined if the connection is already closed.
 */
export function clientAddress(request: Request): string | undefined {
  const peer = parseAddress(request.socket.remoteAddress ?? '');
  const forwarded = request.headers['x-forwarded-for'];
  if (peer === undefined || typeof forwarded !== 'string') return peer;
  const isTrusted: unknown = request.app.get('trust proxy fn');
  return isTrust(isTrusted) && isTrusted(peer, 0) ? (forwardedAddress(forwarded, isTrusted) ?? peer) : peer;
}

/** Whether the peer sent `X-Forwarded-For` but is not in `TRUST_PROXY`, so that the header has no effect. */
export function isForwardedInVain({ headers, socket, app }: Request): boolean {
  const peer = socket.remoteAddress;
  if (headers['x-forwarded-for'] === undefined || peer === undefined) return false;
  const isTrusted: unknown = app.get('trust proxy fn');
  return !(isTrust(isTrusted) && isTrusted(peer, 0));
}

/**
 * The client of a request, as rate limits count it: an IPv4 address, or the /64 of an IPv6 address. Callers whose connection is
 * already closed share one network: no client gets their response.
 */
export function clientNetwork(request: Request): string {
  return networkOf(clientAddress(request) ?? 'unknown');
}

/** The client's address, as a handler parameter. */
export const ClientAddress = createParamDecorator((_: undefined, context: ExecutionContext): string | undefined =>
  clientAddress(context.switchToHttp().getRequest<Request>()),
);

/** The client as `clientNetwork` names it, as a handler parameter. */
export const ClientNetwork = createParamDecorator((_: undefined, context: ExecutionContext): string =>
  clientNetwork(context.switchToHttp().getRequest<Request>()),
);

/** Walks from the nearest proxy towards the client; undefined if the client's entry is not an address. */
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
