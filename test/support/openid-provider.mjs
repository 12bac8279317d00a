// An OpenID provider for tests, in a separate process because it consists of ES modules. Environment:
// ISSUER, an http address with the port to listen on, and JWKS, its private keys.
import console from 'node:console';
import process from 'node:process';
import { URL } from 'node:url';
import Provider from 'oidc-provider';

const { ISSUER, JWKS } = process.env;

const provider = new Provider(ISSUER, {
  jwks: JSON.parse(JWKS),
  clients: [
    {
      client_id: 'shopper',
      client_secret: 'a secret for tests only',
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
  ],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_context, audience) => ({
        audience,
        scope: 'ops',
        accessTokenTTL: 600,
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: JSON.parse(JWKS).keys[0].alg } },
      }),
    },
  },
});

provider.listen(Number(new URL(ISSUER).port), '127.0.0.1', () => console.log('Listening'));
