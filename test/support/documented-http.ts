import type { NestExpressApplication } from '@nestjs/platform-express';
import supertest, { type Response, type Test } from 'supertest';
import { createDocument } from '../../apps/api/src/swagger.js';
import { ApiContract } from './api-contract.js';

/** The paths of Swagger UI and its files, which the document does not describe. */
const DOCS = '/docs';
/** The number of characters of a body that a failure shows. */
const SHOWN_LENGTH = 500;

/** By the text of the document, which most applications of a test file share. */
const contracts = new Map<string, ApiContract>();

/** Requests to an application; a request fails if its response does not match the application's OpenAPI document. */
export function documentedHttp(url: string, app: NestExpressApplication): ReturnType<typeof supertest> {
  let contract: ApiContract | undefined;
  return supertest.agent(url).use((test: Test) =>
    test.expect((response: Response) => {
      contract ??= contractOf(app);
      expectDocumented(contract, response);
    }),
  );
}

function contractOf(app: NestExpressApplication): ApiContract {
  const document = createDocument(app);
  const text = JSON.stringify(document);
  const contract = contracts.get(text) ?? new ApiContract(document);
  contracts.set(text, contract);
  return contract;
}

function expectDocumented(contract: ApiContract, response: Response): void {
  const { method, path } = requestOf(response);
  if (path.startsWith(DOCS)) return;
  const { status, headers, text } = response;
  const faults = contract.faultsOf({ method, path, response: { status, headers, text } });
  if (faults.length > 0) {
    const body = text.slice(0, SHOWN_LENGTH);
    throw new Error(`${method} ${path} ${status} is not as documented: ${faults.join('; ')}\n${body}`);
  }
}

/** Not with `URL`, which resolves dots in a path. */
function requestOf({ request }: Response): { readonly method: string; readonly path: string } {
  const url: string = request.url;
  return { method: request.method, path: url.replace(/^https?:\/\/[^/]*/, '') };
}
