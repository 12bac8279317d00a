import type { AuthConfig } from '#config';
import { developmentSecret } from './development-secret.js';

/** The secrets of this service's own tokens. The first signs, all verify. */
export function ownSecrets({ secret, previousSecret, isProduction }: AuthConfig): string[] {
  const current = secret ?? (isProduction ? undefined : developmentSecret());
  return [current, previousSecret].filter((each) => each !== undefined);
}
