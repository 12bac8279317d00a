import type { NestExpressApplication } from '@nestjs/platform-express';
import supertest, { type Response, type Test } from 'supertest';
import { createDocument } from '../../apps/api/src/swagger.js';
import { ApiContract } from './api-contract.js';

/** What Swagger UI and its document are served by: no operations, and nothing of the document. */
const DOCS = '/docs';

/** Requests to an application; one fails if its response is not as the application's OpenAPI document says. */
export function documentedHttp(url: string, app: NestExpressApplication): ReturnType<typeof supertest> {
  let contract: ApiContract | undefined;
  return supertest.agent(url).use((test: Test) =>
    test.expect((response: Response) => {
      contract ??= new ApiContract(createDocument(app));
      expectDocumented(contract, response);
    }),
  );
}

function expectDocumented(contract: ApiContract, response: Response): void {
  const { method, path } = requestOf(response);
  if (path.startsWith(DOCS)) return;
  const { status, headers, text } = response;
  const faults = contract.faultsOf({ method, path, response: { status, headers, text } });
  if (faults.length > 0) {
    throw new Error(`${method} ${path} ${status} is not as documented: ${faults.join('; ')}\n${text.slice(0, 500)}`);
  }
}

/** Not by `URL`, which resolves dots in a path. */
function requestOf({ request }: Response): { readonly method: string; readonly path: string } {
  const url: string = request.url;
  return { method: request.method, path: url.replace(/^https?:\/\/[^/]*/, '') };
}
