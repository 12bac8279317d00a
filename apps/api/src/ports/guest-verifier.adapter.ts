import { Injectable } from '@nestjs/common';
import { TokenService } from '#auth';
import type { GuestVerifier } from '#cart';
import { DomainError } from '#common';

/** The cart learns of guests from their tokens. */
@Injectable()
export class GuestVerifierAdapter implements GuestVerifier {
  constructor(private readonly tokens: TokenService) {}

  verify(token: string): string | undefined {
    try {
      const { userId, guest } = this.tokens.verify(token);
      return guest ? userId : undefined;
    } catch (error) {
      if (error instanceof DomainError) return undefined;
      throw error;
    }
  }
}
