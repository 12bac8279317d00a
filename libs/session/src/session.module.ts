import { Module } from '@nestjs/common';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';
import { SessionStore } from './session.store.js';

/** Sessions. Needs a provider of the `CartCounter` port. */
@Module({
  controllers: [SessionController],
  providers: [SessionService, SessionStore],
  exports: [SessionService],
})
export class SessionModule {}
