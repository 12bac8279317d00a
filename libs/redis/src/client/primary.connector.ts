import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AbstractConnector, type RedisOptions } from 'ioredis';
import * as z from 'zod';
import type { RedisConfig, SentinelAddress } from '#config';

/** A peer that vanished does not close its side of the connection. */
const DISCONNECT_TIMEOUT_MS = 200;

/** The relevant fields of `INFO`. A managed Redis may leave some out; a missing field counts as correct. */
const infoSchema = z.object({ role: z.string().optional(), redis_mode: z.string().optional() });

type Server = Exclude<RedisConfig['address'], SentinelAddress>;
type Emit = Parameters<AbstractConnector['connect']>[0];

/**
 * Connects to the server at the address, and only if it is a primary: during a failover a name can lead to a replica for a
 * while. ioredis closes a connection to the wrong server and reconnects, resolving the name again.
 */
export function connectorToPrimary(address: Server): RedisOptions['Connector'] {
  return class extends AbstractConnector {
    private emit: Emit | undefined;

    constructor() {
      super(DISCONNECT_TIMEOUT_MS);
    }

    override async connect(emit: Emit) {
      this.emit = emit;
      this.connecting = true;
      this.stream = openStream(address);
      this.stream.once('error', (error: Error) => {
        this.firstError = error;
      });
      return Promise.resolve(this.stream);
    }

    override check(info: unknown): boolean {
      if (isRefused(info))
        this.emit?.('error', new Error("NOPERM this user has no permissions to run the 'info' command"));
      const wrong = whatIsWrong(info);
      if (wrong !== undefined) this.emit?.('error', new Error(`The server at the address of Redis is ${wrong}`));
      return wrong === undefined;
    }
  };
}

function openStream(address: Server) {
  if ('socket' in address) return connect({ path: address.socket });
  const { host, port, tls } = address;
  return tls ? connectTls({ host, port, ...tls }) : connect({ host, port });
}

/** ioredis passes an empty object if Redis does not allow `INFO`. */
function isRefused(info: unknown): boolean {
  return Object.keys(z.object({}).loose().parse(info)).length === 0;
}

function whatIsWrong(info: unknown): string | undefined {
  const { role, redis_mode: mode } = infoSchema.parse(info);
  if (mode === 'sentinel') return 'a Sentinel';
  return role === undefined || role === 'master' ? undefined : 'a replica';
}
