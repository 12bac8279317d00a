import { Module } from '@nestjs/common';
import { MyDataController } from './my-data.controller.js';
import { PrivacyService } from './privacy.service.js';
import { UserDataController } from './user-data.controller.js';

/** What is stored about a user, to be read and erased. Requires providers of `USER_DATA_SOURCES` and `AccountOwner`. */
@Module({
  controllers: [MyDataController, UserDataController],
  providers: [PrivacyService],
})
export class PrivacyModule {}
