import type { components, paths } from '../openapi.js';

/** Types of requests and responses, by method and path of the OpenAPI document. Names of operations and schemas may change. */

export type Method = 'get' | 'put' | 'post' | 'delete' | 'patch';

/** The paths that have an operation of this method. */
export type PathOf<M extends Method> = {
  [P in keyof paths]: paths[P] extends Record<M, object> ? P : never;
}[keyof paths];

type OperationOf<M extends Method, P extends keyof paths> =
  paths[P] extends Record<M, infer Operation> ? Operation : never;

type JsonOf<T> = T extends { content: { 'application/json': infer Json } } ? Json : undefined;

/** What `application/json` responses with 200 or 201 contain; undefined if the response has no body. */
export type ResultOf<M extends Method, P extends keyof paths> =
  OperationOf<M, P> extends { responses: infer Responses }
    ? JsonOf<Responses[keyof Responses & (200 | 201 | 204)]>
    : never;

/** What the events of a `text/event-stream` contain. */
export type StreamOf<M extends Method, P extends keyof paths> =
  OperationOf<M, P> extends { responses: { 200: { content: { 'text/event-stream': infer Data } } } } ? Data : never;

export type BodyOf<M extends Method, P extends keyof paths> =
  OperationOf<M, P> extends { requestBody?: infer Body } ? JsonOf<NonNullable<Body>> : never;

type ParametersOf<M extends Method, P extends keyof paths> =
  OperationOf<M, P> extends { parameters: infer Parameters } ? Parameters : never;

export type QueryOf<M extends Method, P extends keyof paths> =
  ParametersOf<M, P> extends { query?: infer Query } ? Query : never;

export type PathParametersOf<M extends Method, P extends keyof paths> =
  ParametersOf<M, P> extends { path: infer Parameters } ? Parameters : undefined;

type ProblemIn<T> = T extends { content: { 'application/problem+json': infer Problem } } ? Problem : never;

type ResponseOfAny = {
  [P in keyof paths]: {
    [M in Method]: OperationOf<M, P> extends { responses: infer Responses } ? Responses[keyof Responses] : never;
  }[Method];
}[keyof paths];

/** Every error that the service returns (RFC 9457). `code` distinguishes them. */
export type Problem = ProblemIn<ResponseOfAny | components['responses'][keyof components['responses']]>;

export type ProblemCode = Problem['code'];

/** The problem of one code, with the members that it has. */
export type ProblemWith<C extends ProblemCode> = Extract<Problem, { code: C }>;
