/** Does something again and again until the returned function is called, which resolves when the last time is over. */
export function repeatedly(action: () => Promise<unknown>): () => Promise<void> {
  const over = new AbortController();
  const loop = repeatUntil(over.signal, action);
  return async () => {
    over.abort();
    await loop;
  };
}

async function repeatUntil(signal: AbortSignal, action: () => Promise<unknown>): Promise<void> {
  while (!signal.aborted) await action();
}
