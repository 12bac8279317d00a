import { ExplainedError } from '#kernel';

/** The message for the terminal when the start has failed. */
export function explainFailure(error: unknown): string {
  if (error instanceof ExplainedError) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error) {
    return `Port ${String(error.port)} is taken. Stop what listens there, or set PORT to another.`;
  }
  if (isListenFailure(error)) return `HOST and PORT name no address that this process can listen on: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function isListenFailure(error: unknown): error is Error {
  return (
    error instanceof Error && 'syscall' in error && (error.syscall === 'listen' || error.syscall === 'getaddrinfo')
  );
}
