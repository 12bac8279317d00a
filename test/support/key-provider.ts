import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';
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

/** A token that the owner of a key has signed. */
export async function signWith(key: ProviderKey, claims: TokenPart, header: TokenPart = {}): Promise<string> {
  const { alg, publicJwk } = key;
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg, kid: publicJwk.kid ?? '', ...header })
    .sign(key.privateKey);
}

/** The claims of a user of the provider. */
export const providedClaims = (userId: string, more: TokenPart = {}): TokenPart => claimsOf(userId, more);

type Answer = (response: ServerResponse) => void;

/** An identity provider's HTTP server: its keys and its discovery document. */
export class KeyProvider {
  keys: JWK[] = [];
  /** The paths that it was asked for. */
  readonly asked: string[] = [];
  /** What it does instead of answering. */
  instead: Answer | undefined;
  private port = 0;

  private constructor(private readonly server: Server) {
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.asked.push(request.url ?? '');
      if (this.instead !== undefined) this.instead(response);
      else this.answer(request.url ?? '', response);
    });
  }

  static async start(): Promise<KeyProvider> {
    const provider = new KeyProvider(createServer());
    await provider.listen();
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get keysUrl(): string {
    return `${this.issuer}/keys`;
  }

  /** Goes away; its address stays its own. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async listen(): Promise<void> {
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
    this.port = address.port;
  }

  private answer(path: string, response: ServerResponse): void {
    const { issuer, keysUrl, keys } = this;
    const documents: Readonly<Record<string, object>> = {
      '/keys': { keys },
      '/.well-known/openid-configuration': { issuer, jwks_uri: keysUrl },
    };
    const document = documents[path];
    response.statusCode = document === undefined ? 404 : 200;
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(document ?? {}));
  }
}
