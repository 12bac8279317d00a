import { ConfigurationError } from '#config';

/** What a person needs to know of a start that failed. */
export function explainFailure(error: unknown): string {
  if (error instanceof ConfigurationError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${String(error.port)} is taken. Stop what listens there, or set PORT to another.`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
