import type { EnvironmentVariables } from '#config';
import { notedService } from '../start/running-service.js';

const DEFAULT_PORT = '8001';
const TIMEOUT_MS = 2000;

/**
 * The address of the API: `API_URL`; otherwise what `npm start` has noted, if a service still runs there; otherwise `PORT` on this
 * machine. An empty variable counts as not set.
 */
export async function findApi({ API_URL = '', PORT = '' }: EnvironmentVariables): Promise<string> {
  if (API_URL !== '') return API_URL;
  const noted = notedService();
  if (noted !== undefined && (await isAlive(noted))) return noted;
  return `http://127.0.0.1:${PORT === '' ? DEFAULT_PORT : PORT}`;
}

async function isAlive(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/live`, { signal: AbortSignal.timeout(TIMEOUT_MS) })).ok;
  } catch {
    return false;
  }
}
