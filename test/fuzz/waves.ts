import fc from 'fast-check';
import type { ApiContract } from '../support/api-contract.js';
import type { SeenResponse } from '../support/response-check.js';
import { ExchangeCheck } from './checks/exchange-check.js';
import { LeakCheck } from './checks/leak-check.js';
import type { FuzzReport } from './fuzz-report.js';
import { Person } from './people/person.js';
import { remember } from './people/remember.js';
import { cook } from './requests/cook.js';
import { rawRequests } from './requests/raw-requests.js';
import { recipes } from './requests/recipe.js';
import { SentRequests, type Sending } from './requests/sent-requests.js';
import type { Wire } from './wire/wire.js';

const PEOPLE = 5;
/** Number of concurrent requests. */
const WAVE = 24;

/** Creates a request from the values known so far. */
type Shot = () => Sending;

/** Sends waves of concurrent requests and checks the responses. Values from one wave are used from the next on. */
export class Waves {
  private readonly people = Array.from({ length: PEOPLE }, (_, index) => new Person(index));
  private readonly stranger = new Person(PEOPLE);
  private readonly sent = new SentRequests();
  private readonly leaks = new LeakCheck();
  private readonly check: ExchangeCheck;
  private readonly carriedOut = new Set<string>();
  private readonly shots: fc.Arbitrary<Shot>;

  constructor(
    private readonly wire: Wire,
    private readonly contract: ApiContract,
    private readonly report: FuzzReport,
  ) {
    this.check = new ExchangeCheck(contract, this.leaks);
    this.shots = this.anyShot();
  }

  /** @param most the maximum number of requests. */
  async send(seed: number, most: number): Promise<void> {
    const sendings = fc.sample(this.shots, { seed, numRuns: Math.min(WAVE, most) }).map((shot) => shot());
    const responses = await Promise.all(sendings.map(async (sending) => this.respond(sending)));
    for (const [index, sending] of sendings.entries()) this.judge(sending, responses[index]);
  }

  /** The operations that never succeeded. */
  get neverCarriedOut(): string[] {
    return this.contract.operations.map(({ name }) => name).filter((name) => !this.carriedOut.has(name));
  }

  private anyShot(): fc.Arbitrary<Shot> {
    const byDocument = recipes(this.contract.operations).chain((recipe) =>
      fc.constantFrom(...this.people).map((person): Shot => {
        const others = this.people.filter((each) => each !== person);
        return () => ({ person, request: cook(recipe, person, others) });
      }),
    );
    const raw = rawRequests.map((request): Shot => () => ({ person: this.stranger, request }));
    const again = fc.tuple(fc.nat(), raw).map(
      ([index, shot]): Shot =>
        () =>
          this.sent.find(index) ?? shot(),
    );
    return fc.oneof(
      { weight: 40, arbitrary: byDocument },
      { weight: 5, arbitrary: again },
      { weight: 1, arbitrary: raw },
    );
  }

  private async respond({ request }: Sending): Promise<SeenResponse | string> {
    return this.wire.send(request).catch(String);
  }

  private judge(sending: Sending, response: SeenResponse | string | undefined): void {
    const { person, request } = sending;
    this.sent.add(sending);
    if (typeof response !== 'object') {
      this.report.add(request, undefined, [response ?? 'no response']);
      return;
    }
    this.report.add(request, response, this.check.faultsOf(person, request, response));
    for (const id of remember(person, response)) this.leaks.own(person, id);
    const operation = this.contract.operationOf(request.method, request.target);
    if (operation !== undefined && response.status < 300) this.carriedOut.add(operation.name);
  }
}
