import { ApiExtraModels, ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import type { ClassConstructor } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { EachAs, IsProductId } from '#http';
import { MAX_QUANTITY } from '../../domain/cart.js';
import { MAX_NOTE_LENGTH } from '../../response/customization.dto.js';
import { IsLineId } from '../../write/line-id.pipe.js';
import { AddToCartDto } from './add-to-cart.dto.js';

const MAX_OPERATIONS = 50;

/** The fields of an operation on a line. An operation with an unknown `op` is validated against this class. */
class LineOperationDto {
  @ApiProperty({ example: 'remove', description: 'What to do.' })
  @IsIn(['add', 'set', 'update', 'remove', 'save', 'restore', 'note'])
  op: string;

  @ApiPropertyOptional({
    example: 'laptop',
    description: 'The line. A line without options has the id of its product.',
  })
  @IsOptional()
  @IsLineId()
  line_id?: string;

  @ApiPropertyOptional({ example: 'laptop', description: 'Instead of `line_id`, if the line has no options.' })
  @IsOptional()
  @IsProductId()
  product_id?: string;
}

export class AddOperationDto extends AddToCartDto {
  @ApiProperty({ example: 'add', enum: ['add'], description: 'What to do.' })
  @IsIn(['add'])
  op: 'add';
}

export class SetOperationDto extends AddToCartDto {
  @ApiProperty({ example: 'set', enum: ['set'], description: 'What to do.' })
  @IsIn(['set'])
  op: 'set';
}

export class UpdateOperationDto extends LineOperationDto {
  @ApiProperty({ example: 'update', enum: ['update'], description: 'What to do.' })
  declare op: 'update';

  @ApiProperty({ example: 2, type: 'integer', minimum: 0, maximum: MAX_QUANTITY, description: '0 removes the line.' })
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY)
  quantity: number;
}

export class MoveOperationDto extends LineOperationDto {
  @ApiProperty({ example: 'remove', enum: ['remove', 'save', 'restore'], description: 'What to do.' })
  declare op: 'remove' | 'save' | 'restore';
}

export class NoteOperationDto extends LineOperationDto {
  @ApiProperty({ example: 'note', enum: ['note'], description: 'What to do.' })
  declare op: 'note';

  @ApiPropertyOptional({
    example: 'Please wrap it.',
    type: String,
    nullable: true,
    maxLength: MAX_NOTE_LENGTH,
    description: 'The new note on the line. Null removes it, as does leaving it out.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_NOTE_LENGTH)
  note?: string | null;
}

const OPERATIONS = new Map<string, ClassConstructor<object>>([
  ['add', AddOperationDto],
  ['set', SetOperationDto],
  ['update', UpdateOperationDto],
  ['remove', MoveOperationDto],
  ['save', MoveOperationDto],
  ['restore', MoveOperationDto],
  ['note', NoteOperationDto],
]);

function classOf(operation: object): ClassConstructor<object> {
  const op = 'op' in operation ? operation.op : undefined;
  return (typeof op === 'string' ? OPERATIONS.get(op) : undefined) ?? LineOperationDto;
}

const OPERATION_DTOS = [...new Set(OPERATIONS.values())];
const DISCRIMINATOR = {
  propertyName: 'op',
  mapping: Object.fromEntries(Array.from(OPERATIONS, ([op, dto]) => [op, getSchemaPath(dto)])),
};

/** The body of `POST /cart/batch`. */
@ApiExtraModels(...OPERATION_DTOS)
export class BatchDto {
  @ApiProperty({
    type: 'array',
    minItems: 1,
    maxItems: MAX_OPERATIONS,
    description: 'Applied in order.',
    items: { oneOf: OPERATION_DTOS.map((dto) => ({ $ref: getSchemaPath(dto) })), discriminator: DISCRIMINATOR },
    example: [
      { op: 'add', product_id: 'laptop', quantity: 1, product_data: { name: 'MacBook Pro', price: 1299.99 } },
      { op: 'set', product_id: 'mouse', quantity: 2, product_data: { name: 'Mouse', price: 29.99 } },
      { op: 'update', line_id: 'laptop', quantity: 3 },
    ],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_OPERATIONS)
  @ValidateNested({ each: true })
  @EachAs(classOf)
  operations: (AddOperationDto | SetOperationDto | UpdateOperationDto | MoveOperationDto | NoteOperationDto)[];
}
