import { Injectable, Logger } from '@nestjs/common';
import type { Request } from 'express';
import { InjectConfig, type HttpConfig } from '#config';

/** Tells operators why all their clients may be rejected together: the proxy in front counts as the one client. */
@Injectable()
export class ProxyHint {
  private readonly logger = new Logger('RateLimit');
  private isGiven = false;

  constructor(@InjectConfig('http') private readonly config: HttpConfig) {}

  /** Warns once, of the first request too many for its address that came through a proxy which TRUST_PROXY does not name. */
  consider({ headers }: Request): void {
    if (this.isGiven || this.config.trustProxy !== false || headers['x-forwarded-for'] === undefined) return;
    this.isGiven = true;
    this.logger.warn('A client address reached RATE_LIMIT_ADDRESS_MAX and may be a proxy: TRUST_PROXY is not set');
  }
}
