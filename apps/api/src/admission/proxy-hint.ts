import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import { isForwardedInVain } from '#http';

/** Tells operators why all their clients may be rejected together: the proxy in front of the service counts as the only client. */
@Injectable()
export class ProxyHint {
  private readonly logger = new Logger('RateLimit');
  private isGiven = false;

  /** Warns once, at the first request with an `X-Forwarded-For` from a peer that is not trusted. */
  consider(request: Request): void {
    if (this.isGiven || !isForwardedInVain(request)) return;
    this.isGiven = true;
    this.logger.warn(
      'X-Forwarded-For came from a peer that TRUST_PROXY does not name: if that is your proxy, all clients behind it count as one',
    );
  }
}
