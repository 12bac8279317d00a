import { Logger } from '@nestjs/common';
import { createLocalJWKSet, errors, type FlattenedJWSInput, type JWTVerifyGetKey } from 'jose';
import { providerKey, type ProviderKey } from '../../../../test/support/key-provider.js';
import { ManualClock } from '../../../../test/support/manual-clock.js';
import { metricValue } from '../../../../test/support/metric-values.js';
import { IdentityProviderUnavailableError } from '../auth.errors.js';
import { ProviderKeys } from './provider-keys.js';

const INPUT: FlattenedJWSInput = { payload: '', signature: '' };

let first: ProviderKey;
let second: ProviderKey;
beforeAll(async () => {
  Logger.overrideLogger(false);
  first = await providerKey('ES256', 'first');
  second = await providerKey('ES256', 'second');
});

/** A provider that answers with these keys, or not at all, and how often it was asked. */
function provider(keys: ProviderKey[]) {
  const state = { keys, isAway: false, asked: 0 };
  const fetchKeys = async (): Promise<JWTVerifyGetKey> => {
    state.asked += 1;
    if (state.isAway) throw new Error('away');
    return Promise.resolve(createLocalJWKSet({ keys: state.keys.map(({ publicJwk }) => publicJwk) }));
  };
  const clock = new ManualClock();
  return { state, clock, keys: new ProviderKeys(fetchKeys, clock) };
}

const find = async (keys: ProviderKeys, kid: string) => keys.find({ alg: 'ES256', kid }, INPUT);

describe('the keys of a provider', () => {
  it('are fetched once, however many tokens arrive at the same time', async () => {
    const { state, keys } = provider([first]);
    await Promise.all(Array.from({ length: 50 }, async () => find(keys, 'first')));
    expect(state.asked).toBe(1);
  });

  it('are fetched again for an unknown key, which is then found', async () => {
    const { state, clock, keys } = provider([first]);
    await find(keys, 'first');
    state.keys = [first, second];
    clock.advance(30);
    expect(await find(keys, 'second')).toBeDefined();
    expect(state.asked).toBe(2);
  });

  it('are fetched at most once every 30 s, whatever keys the tokens name', async () => {
    const { state, clock, keys } = provider([first]);
    await find(keys, 'first');
    for (let second = 0; second < 60; second += 1) {
      await expect(find(keys, `made-up-${second}`)).rejects.toThrow(errors.JWKSNoMatchingKey);
      clock.advance(1);
    }
    expect(state.asked).toBe(2);
  });

  it('are kept while the provider is unavailable', async () => {
    const { state, clock, keys } = provider([first]);
    await find(keys, 'first');
    state.isAway = true;
    clock.advance(86_400);
    expect(await find(keys, 'first')).toBeDefined();
    await expect(find(keys, 'second')).rejects.toThrow(errors.JWKSNoMatchingKey);
    expect(await find(keys, 'first')).toBeDefined();
  });

  it('that the provider has withdrawn are rejected once newer ones are fetched', async () => {
    const { state, clock, keys } = provider([first]);
    await find(keys, 'first');
    state.keys = [second];
    clock.advance(601);
    await find(keys, 'first');
    await keys.refresh();
    await expect(find(keys, 'first')).rejects.toThrow(errors.JWKSNoMatchingKey);
  });

  it('are unavailable if the provider was never reachable, and available once it is', async () => {
    const { state, clock, keys } = provider([first]);
    state.isAway = true;
    await expect(find(keys, 'first')).rejects.toThrow(IdentityProviderUnavailableError);
    await expect(find(keys, 'first')).rejects.toThrow(IdentityProviderUnavailableError);
    expect(state.asked).toBe(1);
    state.isAway = false;
    clock.advance(1);
    expect(await find(keys, 'first')).toBeDefined();
  });

  it('are counted by whether they could be fetched', async () => {
    const fetches = async (outcome: string) => metricValue('cartwright_identity_provider_fetches_total', { outcome });
    const before = { fetched: await fetches('fetched'), failed: await fetches('failed') };
    const { state, clock, keys } = provider([first]);
    await find(keys, 'first');
    state.isAway = true;
    clock.advance(601);
    await find(keys, 'first');
    await keys.refresh();
    expect(await fetches('fetched')).toBe(before.fetched + 1);
    expect(await fetches('failed')).toBe(before.failed + 1);
  });

  it('are not waited for longer than a second, and are used once they arrive', async () => {
    let answer: (keys: JWTVerifyGetKey) => void = () => undefined;
    const slow = new Promise<JWTVerifyGetKey>((resolve) => (answer = resolve));
    const keys = new ProviderKeys(async () => slow, new ManualClock());
    await expect(find(keys, 'first')).rejects.toThrow(IdentityProviderUnavailableError);
    answer(createLocalJWKSet({ keys: [first.publicJwk] }));
    await slow;
    expect(await find(keys, 'first')).toBeDefined();
  });
});
