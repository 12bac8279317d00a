import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RedisClient } from './client/redis.client.js';
import { isErrorReply, meaningOf, reply } from './redis-reply.js';
import { askForRights } from './script-rights.js';

const INCLUDE = /^-- include: (\w+)$/gm;

/** A Lua script that runs by its digest; Redis gets the text only when it does not know it yet. */
export class RedisScript {
  readonly lua: string;
  private readonly sha1: string;

  /** @param text what the script does; it asks for its rights before. */
  constructor(text: string) {
    this.lua = askForRights(text) + text;
    this.sha1 = createHash('sha1').update(this.lua).digest('hex');
  }

  /**
   * Reads `<name>.lua` from a folder; a line `-- include: <other>` stands for the text of `<other>.lua` there, with what that
   * one includes. What several include is there once, before the first of them.
   * @throws Error if scripts include each other.
   */
  static load(folder: string, name: string): RedisScript {
    return new RedisScript(new IncludedTexts(folder).textOf(name));
  }

  /**
   * Runs the script. Its reply is whatever the script returns: the caller parses it.
   * @throws RedisUnavailableError, ForeignDataError
   */
  async run(redis: RedisClient, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    const rest: [number, ...(string | number)[]] = [keys.length, ...keys, ...args];
    try {
      return await redis.evalsha(this.sha1, ...rest);
    } catch (error) {
      // Nothing was run, so sending the text instead repeats no write.
      if (isErrorReply(error) && error.message.startsWith('NOSCRIPT')) return reply(redis.eval(this.lua, ...rest));
      throw meaningOf(error);
    }
  }
}

/** The texts that make up one script. */
class IncludedTexts {
  private readonly done = new Set<string>();
  private readonly underWay: string[] = [];

  constructor(private readonly folder: string) {}

  textOf(name: string): string {
    if (this.underWay.includes(name))
      throw new Error(`Scripts include each other: ${[...this.underWay, name].join(', ')}`);
    if (this.done.has(name)) return '';
    this.underWay.push(name);
    const text = readFileSync(join(this.folder, `${name}.lua`), 'utf8');
    const whole = text.replace(INCLUDE, (_line, included: string) => this.textOf(included));
    this.underWay.pop();
    this.done.add(name);
    return whole;
  }
}
