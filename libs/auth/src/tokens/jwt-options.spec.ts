import { KeyObject } from 'node:crypto';
import { jwtOptions } from './jwt-options.js';

const SECRET = 'x'.repeat(32);

describe('JWT options', () => {
  it('pass the secret as a KeyObject, so that the verifier need not parse it', () => {
    const { secret } = jwtOptions(SECRET, {});
    expect(secret).toBeInstanceOf(KeyObject);
    expect(secret).toMatchObject({ type: 'secret', symmetricKeySize: 32 });
  });

  it('allow only HS256', () => {
    const { signOptions, verifyOptions } = jwtOptions(SECRET, {});
    expect(verifyOptions).toEqual({ algorithms: ['HS256'] });
    expect(signOptions).toEqual({ algorithm: 'HS256' });
  });

  it('require the configured issuer and audience', () => {
    const { verifyOptions } = jwtOptions(SECRET, { issuer: 'https://id.example', audience: 'shop' });
    expect(verifyOptions).toMatchObject({ issuer: 'https://id.example', audience: 'shop' });
  });
});
