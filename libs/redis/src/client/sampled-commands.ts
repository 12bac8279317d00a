import { channel } from 'node:diagnostics_channel';
import type { Redis } from 'ioredis';
import { requestScope } from '#runtime';

type Command = Parameters<Redis['sendCommand']>[0];

const starts = channel('tracing:ioredis:command:start');

/**
 * Keeps ioredis from publishing a command that no sampled request waits for: it would copy all arguments for the subscriber to
 * drop them. Without a subscriber, ioredis publishes nothing.
 */
export function publishIfSampled(command: Command): void {
  if (starts.hasSubscribers && requestScope.getStore()?.isSampled !== true && 'isTraced' in command) {
    command.isTraced = true;
  }
}
