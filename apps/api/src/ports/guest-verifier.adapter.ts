import { Injectable } from '@nestjs/common';
import { InvalidTokenError, TokenExpiredError, TokenService } from '#auth';
import type { GuestVerifier } from '#cart';

/** The cart learns of guests from their tokens. */
@Injectable()
export class GuestVerifierAdapter implements GuestVerifier {
  constructor(private readonly tokens: TokenService) {}

  async verify(token: string): Promise<string | undefined> {
    try {
      const { userId, guest } = await this.tokens.verify(token);
      return guest ? userId : undefined;
    } catch (error) {
      if (error instanceof InvalidTokenError || error instanceof TokenExpiredError) return undefined;
      throw error;
    }
  }
}
