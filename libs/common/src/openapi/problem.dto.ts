import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class FieldErrorDto {
  @ApiProperty({ example: 'product_data.price' })
  field: string;

  @ApiProperty({ example: 'must not be less than 0' })
  message: string;
}

/** The OpenAPI schema of `Problem`. */
export class ProblemDto {
  @ApiProperty({ example: 'urn:cartwright:problem:validation_failed' })
  type: string;

  @ApiProperty({ example: 'Validation failed' })
  title: string;

  @ApiProperty({ example: 400, type: 'integer' })
  status: number;

  @ApiProperty({ example: 'validation_failed', description: 'Stable; made for programs.' })
  code: string;

  @ApiProperty({ example: 'The request does not have the form that this endpoint takes.' })
  detail: string;

  @ApiProperty({ example: '7a1c6f0e-3f55-4a3e-9a35-0a7a3b0f6c11' })
  request_id: string;

  @ApiPropertyOptional({ type: [FieldErrorDto] })
  errors?: FieldErrorDto[];
}
