/** Details of the service's internals that no response may reveal. */
const INTERNALS = [
  /\b(ReplyError|WRONGTYPE|NOSCRIPT|CROSSSLOT|BUSYKEY|MOVED \d|user_script|redis\.call|ioredis|LUA)\b/,
  /\b(TypeError|RangeError|SyntaxError|ReferenceError|ZodError|ValidationError|AssertionError)\b/,
  /\b(class-validator|class-transformer|node_modules|internal\/|node:internal)\b/,
  /\bat \S+ \(.*:\d+:\d+\)/,
  /\/(libs|apps|dist|work|home|root)\/[a-z]/,
  /\b(ECONN\w+|EPIPE|ETIMEDOUT|ENOENT)\b/,
  /\[object \w+\]|undefined is not|Cannot read prop/,
];

/** @param request as text: a response may repeat what the request contained. */
export function internalsIn(request: string, response: string): string[] {
  const found = INTERNALS.flatMap((pattern) => pattern.exec(response)?.[0] ?? []);
  return found.filter((text) => !request.includes(text)).map((text) => `tells of the inside: ${text}`);
}
