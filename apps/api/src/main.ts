import { loadConfig } from '#config';
import { startApi } from './api.js';
import { explainFailure } from '#runtime';

try {
  const api = await startApi(loadConfig());
  await api?.closed;
  process.exit(0);
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
}
