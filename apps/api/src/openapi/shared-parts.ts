import { isReference, type HeaderObject, type OperationObject, type ParameterObject, type ResponseObject } from '#http';
import { SharedComponents } from './shared-components.js';

/** What the operations of a document share: their headers, parameters and problems. */
export class SharedParts {
  private readonly headers = new SharedComponents<HeaderObject>('headers');
  private readonly parameters = new SharedComponents<ParameterObject>('parameters');
  private readonly responses = new SharedComponents<ResponseObject>('responses');

  /** A reference to a response whose headers are references, too. */
  shareResponse(name: string, response: ResponseObject): { $ref: string } {
    return this.responses.share(name, this.withSharedHeaders(response));
  }

  /** Replaces the parameters of an operation, and the headers of its own responses, by references. */
  shareWithin(operation: OperationObject): void {
    operation.parameters = (operation.parameters ?? []).map((parameter) =>
      isReference(parameter) ? parameter : this.parameters.share(parameter.name, parameter),
    );
    for (const [status, response] of Object.entries(operation.responses)) {
      if (response !== undefined && !isReference(response)) {
        operation.responses[status] = this.withSharedHeaders(response);
      }
    }
  }

  /** The sections of `components`. */
  get components() {
    return {
      headers: this.headers.components,
      parameters: this.parameters.components,
      responses: this.responses.components,
    };
  }

  private withSharedHeaders(response: ResponseObject): ResponseObject {
    const headers = Object.entries(response.headers ?? {}).map(
      ([name, header]) => [name, isReference(header) ? header : this.shareHeader(name, header)] as const,
    );
    return { ...response, headers: Object.fromEntries(headers) };
  }

  private shareHeader(name: string, header: HeaderObject): { $ref: string } {
    return this.headers.share(header.required === true ? name : `${name}.optional`, header);
  }
}
