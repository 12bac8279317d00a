import { buildSync } from 'esbuild';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { ROOT } from './root.js';

/** The compiled client as a script that makes it the page's global `Cartwright`. */
function clientScript(): string {
  const { outputFiles } = buildSync({
    entryPoints: [join(ROOT, 'packages/client/dist/index.js')],
    bundle: true,
    format: 'iife',
    globalName: 'Cartwright',
    platform: 'browser',
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('');
}

/**
 * A tab with a page of a shop, whose scripts use the client as `Cartwright` and the service's address as `SERVICE`.
 * @param context the browser with all its tabs, which share their storage.
 */
export async function openClientPage(context: BrowserContext, address: string, service: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  await page.addScriptTag({ content: `${clientScript()}; const SERVICE = ${JSON.stringify(service)};` });
  return page;
}
