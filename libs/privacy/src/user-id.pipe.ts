import { Injectable, type PipeTransform } from '@nestjs/common';
import { isUserId, USER_ID_RULE } from '#auth';
import { ValidationFailedError } from '#kernel';

/**
 * Checks the `user_id` of a path.
 * @throws ValidationFailedError
 */
@Injectable()
export class UserIdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown): string {
    if (typeof value === 'string' && isUserId(value)) return value;
    throw new ValidationFailedError([{ field: 'user_id', message: USER_ID_RULE }]);
  }
}
