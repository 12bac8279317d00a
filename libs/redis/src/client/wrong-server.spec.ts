import { WrongServer } from './wrong-server.js';

let now = 0;
let server: WrongServer;
beforeEach(() => {
  now = 0;
  server = new WrongServer(() => now);
});

const isShownBy = (message: string): boolean => server.isShownBy(new Error(message));

it.each(['READONLY You can not write', 'MASTERDOWN Link with MASTER is down', 'LOADING Redis is loading'])(
  '%s indicates that the server is not the primary, at most once a second',
  (message) => {
    expect(isShownBy(message)).toBe(true);
    now = 999;
    expect(isShownBy(message)).toBe(false);
    now = 1000;
    expect(isShownBy(message)).toBe(true);
  },
);

it('NOREPLICAS indicates it after lasting for a second', () => {
  for (now = 0; now < 1000; now += 100) expect(isShownBy('NOREPLICAS Not enough good replicas')).toBe(false);
  expect(isShownBy('NOREPLICAS Not enough good replicas')).toBe(true);
});

it('occasional NOREPLICAS errors indicate nothing', () => {
  for (now = 0; now < 20_000; now += 2000) expect(isShownBy('NOREPLICAS Not enough good replicas')).toBe(false);
});

it.each(['ERR unknown', 'OOM command not allowed', 'NOPERM'])('%s indicates nothing', (message) => {
  expect(isShownBy(message)).toBe(false);
});
