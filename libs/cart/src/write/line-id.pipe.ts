import { Injectable, type ArgumentMetadata, type PipeTransform } from '@nestjs/common';
import { ValidateBy } from 'class-validator';
import { PRODUCT_ID_RULE, ValidationFailedError } from '#kernel';
import { isLineId } from '../domain/line-id.js';

const LINE_ID_RULE = `${PRODUCT_ID_RULE}, or the line_id of a line with options`;

/**
 * Checks the id of a line in a path.
 * @throws ValidationFailedError
 */
@Injectable()
export class LineIdPipe implements PipeTransform<unknown, string> {
  transform(value: unknown, { data = 'line_id' }: ArgumentMetadata): string {
    if (!isLineId(value)) throw new ValidationFailedError([{ field: data, message: LINE_ID_RULE }]);
    return value;
  }
}

/** Accepts the id of a line. */
export const IsLineId = (): PropertyDecorator =>
  ValidateBy({
    name: 'isLineId',
    validator: { validate: isLineId, defaultMessage: () => `$property ${LINE_ID_RULE}` },
  });
