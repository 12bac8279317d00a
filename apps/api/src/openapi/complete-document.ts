import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_SCHEMA, problemExample, problemSchema, problemSchemaName, type OperationObject } from '#http';
import { ERROR_CATALOG, isErrorCode } from '#kernel';
import { completeOperation } from './complete-operation.js';
import { completeSupportOperation, isSupportPath } from './support-operations.js';
import { SharedParts } from './shared-parts.js';

type SecuritySchemes = NonNullable<NonNullable<OpenAPIObject['components']>['securitySchemes']>;

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Adds what decorators cannot express: what operations have in common, and the schemas and examples of the problems. */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  const shared = new SharedParts();
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const operation of operationsOf(operations)) {
      if (isSupportPath(path)) completeSupportOperation(operation);
      completeOperation(operation, shared);
    }
  }
  const codes = Object.keys(ERROR_CATALOG).filter(isErrorCode);
  document.components = {
    ...document.components,
    securitySchemes: usedSchemes(document),
    schemas: {
      ...document.components?.schemas,
      Problem: PROBLEM_SCHEMA,
      ...Object.fromEntries(codes.map((code) => [problemSchemaName(code), problemSchema(code)])),
    },
    examples: Object.fromEntries(codes.map((code) => [code, { value: problemExample(code) }])),
    ...shared.components,
  };
  return document;
}

/** Without those of features that are off. */
function usedSchemes({ paths, components }: OpenAPIObject): SecuritySchemes {
  const used = Object.values(paths)
    .flatMap(operationsOf)
    .flatMap(({ security = [] }) => security.flatMap((alternative) => Object.keys(alternative)));
  return Object.fromEntries(Object.entries(components?.securitySchemes ?? {}).filter(([name]) => used.includes(name)));
}

function operationsOf(path: OpenAPIObject['paths'][string]): OperationObject[] {
  return METHODS.flatMap((method) => path[method] ?? []);
}
