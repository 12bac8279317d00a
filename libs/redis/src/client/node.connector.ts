import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AbstractConnector, type Cluster, type RedisOptions } from 'ioredis';
import type { TcpAddress } from '#config';

const DISCONNECT_TIMEOUT_MS = 2000;

/**
 * Connects to any node of a cluster, each time to the next one that its client knows.
 * @param entry where to connect while the client knows no nodes.
 */
export function connectorToAnyNode(cluster: Cluster, entry: TcpAddress): RedisOptions['Connector'] {
  let attempts = 0;
  return class extends AbstractConnector {
    constructor() {
      super(DISCONNECT_TIMEOUT_MS);
    }

    override async connect() {
      const nodes = cluster.nodes();
      const { host = entry.host, port = entry.port } = nodes[attempts % nodes.length]?.options ?? {};
      attempts += 1;
      this.connecting = true;
      this.stream = entry.tls ? connectTls({ host, port, ...entry.tls }) : connect({ host, port });
      this.stream.once('error', (error: Error) => {
        this.firstError = error;
      });
      return Promise.resolve(this.stream);
    }
  };
}
