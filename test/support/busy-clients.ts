/** While `act` runs, this many clients send requests, each the next one after the last response; returns the statuses. */
export async function whileBusy(
  clients: number,
  send: (index: number) => Promise<Response>,
  act: () => Promise<void>,
): Promise<number[]> {
  const statuses: number[] = [];
  let isOver = false;
  let index = 0;
  const client = async (): Promise<void> => {
    while (!isOver) {
      index += 1;
      const response = await send(index);
      await response.arrayBuffer();
      statuses.push(response.status);
    }
  };
  const working = Array.from({ length: clients }, client);
  await act().finally(() => {
    isOver = true;
  });
  await Promise.all(working);
  return statuses;
}
