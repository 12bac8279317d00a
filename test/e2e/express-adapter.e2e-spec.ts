import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Body, Controller, Get, Header, HttpCode, Module, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Request, Response } from 'express';
import { FastExpressAdapter } from '#http';

const aborted: string[] = [];

@Controller()
class ProbeController {
  @Get('request')
  request(@Req() request: Request): object {
    const { ip, ips, protocol, hostname, path, query, secure, xhr } = request;
    return {
      ip,
      ips,
      protocol,
      hostname,
      path,
      query,
      secure,
      xhr,
      type: request.is('json'),
      to: request.accepts('json'),
    };
  }

  @Get('nothing')
  nothing(): undefined {
    return undefined;
  }

  @Get('text')
  text(): string {
    return 'Grüße';
  }

  @Get('number')
  number(): number {
    return 7;
  }

  @Get('list')
  list(): unknown[] {
    return [1, null, { when: new Date(0), left: undefined }];
  }

  @Get('typed')
  typed(@Res({ passthrough: true }) response: Response): object {
    response.type('application/problem+json').status(202).set('ETag', '"7"').cookie('a', 'b');
    return { detail: 'é' };
  }

  @Get('written')
  @Header('Content-Type', 'application/json; charset=utf-8')
  written(): string {
    return '{"text":"é"}';
  }

  @Get('stream')
  stream(): StreamableFile {
    return new StreamableFile(Buffer.from('streamed'));
  }

  @Get('own')
  own(@Res() response: Response): void {
    response.location('/elsewhere').json({ own: true });
  }

  @Get('redirected')
  redirected(@Res() response: Response): void {
    response.redirect('/text');
  }

  @Get('error')
  error(): never {
    throw new Error('secret');
  }

  @Post('body')
  @HttpCode(200)
  body(@Body() body: unknown, @Query('a') a: string): object {
    return { body, a };
  }

  @Get('slow')
  slow(@Req() request: Request, @Query('name') name: string): Promise<string> {
    return new Promise((resolve) => {
      request.res?.on('close', () => {
        aborted.push(`${name} ${request.destroyed} ${request.res?.writableFinished}`);
        resolve('too late');
      });
    });
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

async function start(adapter: ExpressAdapter): Promise<{ app: NestExpressApplication; port: number }> {
  const module = await Test.createTestingModule({ imports: [ProbeModule] }).compile();
  const app = module.createNestApplication<NestExpressApplication>(adapter, { logger: false });
  app.set('trust proxy', 1);
  await app.listen(0, '127.0.0.1');
  const port = Number(new URL(await app.getUrl()).port);
  app.getHttpServer().on('upgrade', (request: Request, socket: Socket) => {
    socket.end(`HTTP/1.1 101 Switching Protocols\r\n\r\n${request.url} ${request.headers.upgrade}`);
  });
  return { app, port };
}

/** All that a server says to the bytes of one connection, without the time. */
async function answer(port: number, sent: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('latin1');
  let heard = '';
  socket.on('data', (text: string) => (heard += text));
  socket.write(sent);
  await once(socket, 'end');
  return heard.replaceAll(/^Date: .*$/gm, 'Date: now');
}

const HEAD = 'Host: a.example\r\nConnection: close\r\n';
const get = (path: string, head = ''): string => `GET ${path} HTTP/1.1\r\n${HEAD}${head}\r\n`;
const post = (path: string, type: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\n${HEAD}Content-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const kept = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: a.example\r\n\r\n`;

const REQUESTS: readonly [string, string][] = [
  [
    'what a request knows about its client',
    get('/request?a=1&b[c]=2', 'X-Forwarded-For: 1.2.3.4, 5.6.7.8\r\nX-Forwarded-Proto: https\r\n'),
  ],
  ['no body', get('/nothing')],
  ['text', get('/text')],
  ['a number', get('/number')],
  ['a list', get('/list')],
  ['headers that the handler has set', get('/typed')],
  ['JSON that the handler has written', get('/written')],
  ['a stream', get('/stream')],
  ['a response that the handler sends', get('/own')],
  ['a redirect', get('/redirected')],
  ['a failure', get('/error')],
  ['an unknown path', get('/unknown')],
  ['HEAD', get('/list').replace('GET', 'HEAD')],
  ['HEAD with headers of the handler', get('/typed').replace('GET', 'HEAD')],
  ['a version that the client has', get('/typed', 'If-None-Match: "7"\r\n')],
  ['a version that the client does not have', get('/typed', 'If-None-Match: "8"\r\n')],
  ['a JSON body', post('/body?a=x', 'application/json', '{"b":[1,"é"]}')],
  ['a form', post('/body?a=x&a=y', 'application/x-www-form-urlencoded', 'b=1&c=2')],
  ['a body that is not JSON', post('/body', 'application/json', '{')],
  [
    'a body in pieces',
    `POST /body HTTP/1.1\r\n${HEAD}Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{"b\r\n4\r\n":1}\r\n0\r\n\r\n`,
  ],
  ['several requests at once', `${kept('/text')}${kept('/list')}${kept('/own')}${get('/number')}`],
  ['HTTP/1.0', 'GET /list HTTP/1.0\r\n\r\n'],
  ['an upgrade', `GET /socket HTTP/1.1\r\nHost: a.example\r\nConnection: Upgrade\r\nUpgrade: test\r\n\r\n`],
  [
    'Expect: 100-continue',
    post('/body', 'application/json', '{}').replace('\r\n\r\n', '\r\nExpect: 100-continue\r\n\r\n'),
  ],
  ['an invalid request', 'GET / HTTP/1.1\r\nno header\r\n\r\n'],
];

describe.each(['without entity tags', 'with entity tags of Express'])('the adapter, %s,', (entityTags) => {
  let plain: Awaited<ReturnType<typeof start>>;
  let fast: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    plain = await start(new ExpressAdapter());
    fast = await start(new FastExpressAdapter());
    for (const { app } of [plain, fast]) app.set('etag', entityTags !== 'without entity tags');
  });
  afterAll(async () => {
    await plain.app.close();
    await fast.app.close();
  });

  it.each(REQUESTS)('responds to %s byte for byte as Express does', async (_case, sent) => {
    const expected = await answer(plain.port, sent);
    expect(expected).toMatch(/^HTTP\/1\.1 \d/);
    expect(await answer(fast.port, sent)).toBe(expected);
  });

  it('notifies a handler when the client has disconnected, as Express does', async () => {
    for (const [name, { port }] of Object.entries({ plain, fast })) {
      const socket = connect(port, '127.0.0.1');
      socket.write(kept(`/slow?name=${name}`));
      await delay(50);
      socket.destroy();
      while (!aborted.some((line) => line.startsWith(name))) await delay(5);
    }
    expect(aborted.splice(0)).toEqual(['plain true false', 'fast true false']);
  });
});
