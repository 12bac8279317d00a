import { spawnSync } from 'node:child_process';
import { chromium, type Browser, type Page } from 'playwright-core';
import { describeWith } from './it-with.js';

/** A name for this machine that browsers, unlike `localhost`, do not give extra trust. */
export const HOST_NAME = 'shop.example';

/** Keeps Chromium from sending requests to the internet by itself. */
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/** The path of the system's Chromium. */
export function findChromium(): string | undefined {
  const { status, stdout } = spawnSync('sh', ['-c', 'command -v chromium'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** Tests that need Chromium. */
export function describeInChromium(name: string, tests: () => void): void {
  describeWith(findChromium() === undefined ? ['chromium'] : [], `${name} in Chromium`, tests);
}

export async function startBrowser(executablePath: string): Promise<Browser> {
  return chromium.launch({ executablePath, args: [...QUIET, `--host-resolver-rules=MAP ${HOST_NAME} 127.0.0.1`] });
}

/** Chromium's warnings about two of helmet's headers, which have no effect without https. */
const HTTPS_ONLY = /Cross-Origin-Opener-Policy header has been ignored|could not be origin-keyed/;

/** What goes wrong on a page from now on: errors, policy violations, rejected and failed requests, requests to any other origin. */
export function watch(page: Page, origin: string): readonly string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !HTTPS_ONLY.test(message.text()))
      faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => faults.push(`failed: ${request.url()} ${request.failure()?.errorText ?? ''}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== origin) faults.push(`elsewhere: ${url.href}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) faults.push(`${response.status()}: ${response.url()}`);
  });
  return faults;
}
