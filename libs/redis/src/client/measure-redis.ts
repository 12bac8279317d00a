import { Redis, type Cluster } from 'ioredis';
import { commandDuration, connections, reconnects } from '../redis.metrics.js';
import { scriptNameOf } from '../script-names.js';
import { errorTypeOf } from './error-type.js';
import { measureCertificates } from './measure-certificates.js';
import type { RedisClient } from './redis.client.js';

/** The commands whose first argument is a script. */
const SCRIPT_COMMANDS = new Set(['eval', 'evalsha']);

type Command = Parameters<Redis['sendCommand']>[0];

/**
 * Measures the commands and connections of a client. ioredis also publishes its commands on a diagnostics channel, but it then
 * copies all their arguments as text and makes two more promises for each, which costs more than everything else here.
 * @param name what the connection is for.
 */
export function measureRedis<Client extends RedisClient>(client: Client, name: string): Client {
  if (client instanceof Redis) measureConnection(client, name);
  else measureNodes(client, name);
  return client;
}

function measureNodes(cluster: Cluster, name: string): void {
  cluster.on('+node', (node: Redis) => {
    measureConnection(node, name);
  });
}

function measureConnection(redis: Redis, name: string): void {
  const connection = { connection: name };
  let isReady = false;
  reconnects.inc(connection, 0);
  connections.inc(connection, 0);
  redis.on('ready', () => {
    if (!isReady) connections.inc(connection);
    isReady = true;
  });
  redis.on('close', () => {
    if (isReady) connections.dec(connection);
    isReady = false;
  });
  redis.on('reconnecting', () => {
    reconnects.inc(connection);
  });
  measureCertificates(redis);
  const send = redis.sendCommand.bind(redis);
  redis.sendCommand = (command, stream) => {
    measureCommand(command);
    return send(command, stream);
  };
}

/** Replaces the functions that end a command. A late reply calls one of them again. */
function measureCommand(command: Command): void {
  const startedAt = performance.now();
  const { args, resolve, reject } = command;
  const name = command.name.toLowerCase();
  let isOver = false;
  const end = (errorType: string): void => {
    if (isOver) return;
    isOver = true;
    const script = SCRIPT_COMMANDS.has(name) ? (scriptNameOf(args[0]) ?? '') : '';
    commandDuration.series('redis', name, script, errorType).observe((performance.now() - startedAt) / 1000);
  };
  command.resolve = (result: unknown) => {
    end('');
    resolve(result);
  };
  command.reject = (error: Error) => {
    end(errorTypeOf(error));
    reject(error);
  };
}
