import * as z from 'zod';
import { problem } from './answers.js';
import { DemoFailure, UnexpectedStatus } from './demo-failure.js';

const TIMEOUT_MS = 10_000;

/** A request to send, and the expected response. */
export interface Exchange<T> {
  readonly body?: object;
  readonly answers: z.ZodType<T>;
  /** Defaults to 200. */
  readonly status?: number;
}

export interface Answer<T> {
  /** Method and path. */
  readonly request: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
}

/** A client of the API, with or without a token. */
export class ApiClient {
  readonly url: string;

  /** @throws DemoFailure if `url` is not the URL of an API. */
  constructor(
    url: string,
    private readonly token?: string,
  ) {
    if (!z.url({ protocol: /^https?$/ }).safeParse(url).success) {
      throw new DemoFailure('API_URL takes the address of a running API, such as http://127.0.0.1:8001.');
    }
    this.url = url.replace(/\/+$/, '');
  }

  /** @throws DemoFailure if the API is unreachable, or responds with another status or body than `exchange` expects. */
  async send<T>(method: string, path: string, { body, answers, status = 200 }: Exchange<T>): Promise<Answer<T>> {
    const request = `${method} ${path}`;
    const { response, told } = await this.fetch(path, { method, ...this.content(body) });
    if (response.status !== status) {
      throw new UnexpectedStatus(`${request} returned ${said(response, told)}, not ${status}.`, response.status);
    }
    const checked = answers.safeParse(told);
    if (!checked.success)
      throw new DemoFailure(`${request} returned a body that is not Cartwright's. Is it running at ${this.url}?`);
    return { request, status, headers: response.headers, body: checked.data };
  }

  private content(body: object | undefined): RequestInit {
    const authorization = this.token === undefined ? {} : { Authorization: `Bearer ${this.token}` };
    if (body === undefined) return { headers: authorization };
    return { headers: { ...authorization, 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  }

  private async fetch(path: string, init: RequestInit): Promise<{ response: Response; told: unknown }> {
    try {
      const response = await fetch(this.url + path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
      return { response, told: parseJson(await response.text()) };
    } catch (cause) {
      const start = 'Start it with "npm start" in another terminal, or set API_URL to its address.';
      throw new DemoFailure(`No API responds at ${this.url}. ${start}`, { cause });
    }
  }
}

/** undefined if the text is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** For example `404 session_not_found (There is no such session.)`. */
function said({ status }: Response, told: unknown): string {
  const { success, data } = problem.safeParse(told);
  return success ? `${status} ${data.code} (${data.detail})` : String(status);
}
