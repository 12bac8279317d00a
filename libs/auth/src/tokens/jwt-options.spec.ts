import { KeyObject } from 'node:crypto';
import { jwtOptions } from './jwt-options.js';

const SECRET = 'x'.repeat(32);

describe('how tokens are signed and verified', () => {
  it('gives the secret as a KeyObject, which the verifier need not parse', () => {
    const { secret } = jwtOptions(SECRET, {});
    expect(secret).toBeInstanceOf(KeyObject);
    expect(secret).toMatchObject({ type: 'secret', symmetricKeySize: 32 });
  });

  it('takes HS256 alone', () => {
    const { signOptions, verifyOptions } = jwtOptions(SECRET, {});
    expect(verifyOptions).toEqual({ algorithms: ['HS256'] });
    expect(signOptions).toEqual({ algorithm: 'HS256' });
  });

  it('asks for the issuer and the audience that are configured', () => {
    const { verifyOptions } = jwtOptions(SECRET, { issuer: 'https://id.example', audience: 'shop' });
    expect(verifyOptions).toMatchObject({ issuer: 'https://id.example', audience: 'shop' });
  });
});
