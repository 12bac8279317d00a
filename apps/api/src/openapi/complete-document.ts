import type { OpenAPIObject } from '@nestjs/swagger';
import {
  PROBLEM_CATALOG,
  problemExample,
  problemSchema,
  problemSchemaName,
  isErrorCode,
  type OperationObject,
} from '#http';
import { completeOperation } from './complete-operation.js';
import { GENERAL_RESPONSES } from './general-responses.js';
import { SHARED_HEADERS } from './response-headers.js';
import { SharedResponses } from './shared-responses.js';

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/**
 * Adds what no decorator says: what operations have in common, the schemas of the problems, and as `components.responses`
 * the responses to requests that reach no operation.
 */
export function completeDocument(document: OpenAPIObject): OpenAPIObject {
  const shared = new SharedResponses();
  for (const operation of operationsOf(document)) completeOperation(operation, shared);
  const codes = Object.keys(PROBLEM_CATALOG).filter(isErrorCode);
  document.components = {
    ...document.components,
    schemas: {
      ...document.components?.schemas,
      ...Object.fromEntries(codes.map((code) => [problemSchemaName(code), problemSchema(code)])),
    },
    examples: Object.fromEntries(codes.map((code) => [code, { value: problemExample(code) }])),
    headers: SHARED_HEADERS,
    responses: { ...GENERAL_RESPONSES, ...shared.components },
  };
  return document;
}

function operationsOf({ paths }: OpenAPIObject): OperationObject[] {
  return Object.values(paths).flatMap((path) => METHODS.flatMap((method) => path[method] ?? []));
}
