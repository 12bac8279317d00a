import type { OpenAPIObject } from '@nestjs/swagger';

/** Parts of an OpenAPI document, by the names of its specification: `@nestjs/swagger` exports the whole alone. */

type Components = Required<NonNullable<OpenAPIObject['components']>>;
interface Reference {
  $ref: string;
}

export type SchemaObject = Exclude<Components['schemas'][string], Reference>;
export type ResponseObject = Exclude<Components['responses'][string], Reference>;
export type HeaderObject = Exclude<Components['headers'][string], Reference>;
export type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;
