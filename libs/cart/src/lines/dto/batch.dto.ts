import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import type { ClassConstructor } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, Max, Min, ValidateNested } from 'class-validator';
import { EachAs, IsProductId } from '#http';
import { MAX_QUANTITY } from '../../domain/cart.js';
import { AddToCartDto } from './add-to-cart.dto.js';

const MAX_OPERATIONS = 50;

/** What every operation has; by itself it is what an unknown `op` is checked against. */
class OperationDto {
  @ApiProperty({ example: 'add', enum: ['add', 'update', 'remove'] })
  @IsIn(['add', 'update', 'remove'])
  op: string;

  @ApiProperty({ example: 'laptop', minLength: 1, maxLength: 100 })
  @IsProductId()
  product_id: string;
}

export class AddOperationDto extends AddToCartDto {
  @ApiProperty({ example: 'add', enum: ['add'] })
  @IsIn(['add'])
  op: 'add';
}

export class UpdateOperationDto extends OperationDto {
  @ApiProperty({ example: 'update', enum: ['update'] })
  declare op: 'update';

  @ApiProperty({ example: 2, type: 'integer', minimum: 0, maximum: MAX_QUANTITY, description: '0 removes the line.' })
  @IsInt()
  @Min(0)
  @Max(MAX_QUANTITY)
  quantity: number;
}

export class RemoveOperationDto extends OperationDto {
  @ApiProperty({ example: 'remove', enum: ['remove'] })
  declare op: 'remove';
}

const OPERATIONS = new Map<unknown, ClassConstructor<OperationDto>>([
  ['add', AddOperationDto],
  ['update', UpdateOperationDto],
  ['remove', RemoveOperationDto],
]);

function classOf(operation: object): ClassConstructor<OperationDto> {
  const op = 'op' in operation ? operation.op : undefined;
  return OPERATIONS.get(op) ?? OperationDto;
}

/** The body of `POST /cart/batch`. */
@ApiExtraModels(AddOperationDto, UpdateOperationDto, RemoveOperationDto)
export class BatchDto {
  @ApiProperty({
    type: 'array',
    minItems: 1,
    maxItems: MAX_OPERATIONS,
    items: {
      oneOf: [AddOperationDto, UpdateOperationDto, RemoveOperationDto].map((dto) => ({ $ref: getSchemaPath(dto) })),
    },
    example: [
      { op: 'add', product_id: 'laptop', quantity: 1, product_data: { name: 'MacBook Pro', price: 1299.99 } },
      { op: 'add', product_id: 'mouse', quantity: 2, product_data: { name: 'Mouse', price: 29.99 } },
      { op: 'update', product_id: 'laptop', quantity: 3 },
    ],
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_OPERATIONS)
  @ValidateNested({ each: true })
  @EachAs(classOf)
  operations: (AddOperationDto | UpdateOperationDto | RemoveOperationDto)[];
}
