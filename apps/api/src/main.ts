import { loadConfig } from '#config';
import { startApi } from './api.js';
import { explainFailure } from './explain-failure.js';

try {
  const api = await startApi(loadConfig());
  await api?.closed;
  process.exit(0);
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
}
