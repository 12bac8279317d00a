import { ApiProperty } from '@nestjs/swagger';

/** The response of `GET /health/live`. */
export class LiveDto {
  @ApiProperty({ example: 'alive', enum: ['alive'], description: 'Always `alive`.' })
  status: 'alive';
}
