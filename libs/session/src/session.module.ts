import { Module } from '@nestjs/common';
import { SessionController } from './session.controller.js';
import { SessionData } from './session-data.store.js';
import { SessionIndex } from './session-index.store.js';
import { SessionRenewal } from './session-renewal.js';
import { SessionService } from './session.service.js';
import { SessionTokens } from './session-tokens.js';
import { SessionStore } from './session.store.js';

/** Sessions. Requires a provider of the `CartCounter` port. */
@Module({
  controllers: [SessionController],
  providers: [SessionService, SessionStore, SessionIndex, SessionRenewal, SessionTokens, SessionData],
  exports: [SessionData, SessionService],
})
export class SessionModule {}
