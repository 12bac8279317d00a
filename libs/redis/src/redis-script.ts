import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requestScope } from '#runtime';
import type { RedisClient } from './client/redis.client.js';
import { isErrorReply, meaningOf, reply } from './redis-reply.js';
import { nameScript } from './script-names.js';
import { askForRights } from './script-rights.js';
import { withUsedFunctions } from './used-functions.js';

const INCLUDE = /^-- include: ([\w/]+)$/gm;

/** A Lua script that runs by its digest. Its text is sent only if Redis does not know it yet. */
export class RedisScript {
  readonly lua: string;
  readonly sha1: string;

  /** @param text the body of the script; a check of its command permissions is put in front of it. */
  constructor(text: string) {
    this.lua = askForRights(text) + text;
    this.sha1 = createHash('sha1').update(this.lua).digest('hex');
  }

  /**
   * Loads `<name>.lua` from a folder, as `of` does a text.
   * @throws Error if there is no such script, or if scripts include each other.
   */
  static load(folder: string, name: string): RedisScript {
    const script = new RedisScript(withUsedFunctions(new IncludedTexts(folder).textOf(name)));
    nameScript(name, script.sha1, script.lua);
    return script;
  }

  /**
   * A script of the given text. A line `-- include: lib/<other>` is replaced by the text of `lib/<other>.lua` in the folder, with
   * its own includes. A file that is included several times appears once, before the first file that needs it. Functions that the
   * script does not use are left out.
   * @throws Error if scripts include each other.
   */
  static of(text: string, folder: string): RedisScript {
    return new RedisScript(withUsedFunctions(new IncludedTexts(folder).putInto(text)));
  }

  /**
   * Runs the script. Returns its raw reply, for the caller to parse.
   * @throws RedisUnavailableError, ForeignDataError
   */
  async run(redis: RedisClient, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    const rest: [number, ...(string | number)[]] = [keys.length, ...keys, ...args];
    const time = requestScope.getStore()?.redis;
    time?.begin();
    try {
      return await redis.evalsha(this.sha1, ...rest);
    } catch (error) {
      // NOSCRIPT: nothing has run, so sending the text cannot write anything twice.
      if (isErrorReply(error) && error.message.startsWith('NOSCRIPT'))
        return await reply(redis.eval(this.lua, ...rest));
      throw meaningOf(error);
    } finally {
      time?.end();
    }
  }
}

/** The texts that make up one script. */
class IncludedTexts {
  private readonly done = new Set<string>();
  private readonly underWay: string[] = [];

  constructor(private readonly folder: string) {}

  putInto(text: string): string {
    return text.replace(INCLUDE, (_line, included: string) => this.textOf(included));
  }

  textOf(name: string): string {
    if (this.underWay.includes(name))
      throw new Error(`Scripts include each other: ${[...this.underWay, name].join(', ')}`);
    if (this.done.has(name)) return '';
    this.underWay.push(name);
    const whole = this.putInto(readFileSync(join(this.folder, `${name}.lua`), 'utf8'));
    this.underWay.pop();
    this.done.add(name);
    return whole;
  }
}
