import type { ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
import { StubServer } from './stub-server.js';
import { claimsOf, type TokenPart } from './tokens.js';

/** A key pair of an identity provider. */
export interface ProviderKey {
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function providerKey(alg: string, kid: string): Promise<ProviderKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

/** A token signed with a key. */
export async function signWith(key: ProviderKey, claims: TokenPart, header: TokenPart = {}): Promise<string> {
  const { alg, publicJwk } = key;
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg, kid: publicJwk.kid ?? '', ...header })
    .sign(key.privateKey);
}

/** The claims of a user of the provider. */
export const providedClaims = (userId: string, more: TokenPart = {}): TokenPart => claimsOf(userId, more);

/** An identity provider's HTTP server: serves its keys and its discovery document. */
export class KeyProvider extends StubServer {
  keys: JWK[] = [];

  static async start(): Promise<KeyProvider> {
    const provider = new KeyProvider();
    await provider.listen();
    return provider;
  }

  get issuer(): string {
    return this.url;
  }

  get keysUrl(): string {
    return `${this.issuer}/keys`;
  }

  protected override answer(path: string, response: ServerResponse): void {
    const { issuer, keysUrl, keys } = this;
    const documents: Readonly<Record<string, object>> = {
      '/keys': { keys },
      '/.well-known/openid-configuration': { issuer, jwks_uri: keysUrl },
    };
    StubServer.json(response, documents[path]);
  }
}
