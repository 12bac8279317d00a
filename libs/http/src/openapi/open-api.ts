import type { OpenAPIObject } from '@nestjs/swagger';

/** Parts of an OpenAPI document, by their names in the specification: `@nestjs/swagger` exports only the whole type. */

type Components = Required<NonNullable<OpenAPIObject['components']>>;
interface Reference {
  $ref: string;
}

export type SchemaObject = Exclude<Components['schemas'][string], Reference>;
export type ResponseObject = Exclude<Components['responses'][string], Reference>;
export type HeaderObject = Exclude<Components['headers'][string], Reference>;
export type ParameterObject = Exclude<Components['parameters'][string], Reference>;
export type OperationObject = NonNullable<OpenAPIObject['paths'][string]['get']>;

/** Whether a part of the document only refers to a component. */
export function isReference(part: object): part is Reference {
  return '$ref' in part;
}
