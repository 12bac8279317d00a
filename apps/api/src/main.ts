import { loadConfig } from '#config';
import { explainFailure } from '#runtime';
import { startApi } from './api.js';

try {
  const api = await startApi(loadConfig());
  await api?.closed;
  process.exit(0);
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
}
