import type { Person } from '../people/person.js';

const MARKER = /zq\dpersn/g;
/** Ids and tokens of the service: 128 bits at least in base64url, a token's three parts as one. */
const ID = /[A-Za-z0-9_.-]{22,}/g;

/** Finds what belongs to another person than the one who asked. */
export class LeakCheck {
  private readonly owners = new Map<string, Person>();

  /** Notes that the service has given this id or token to a person. */
  own(person: Person, id: string): void {
    if (!this.owners.has(id)) this.owners.set(id, person);
  }

  /**
   * @param request all of it, as text: what a person has sent may come back.
   * @param response head and body.
   */
  faultsOf(person: Person, request: string, response: string): string[] {
    const markers = response.match(MARKER)?.filter((marker) => marker !== person.marker) ?? [];
    const ids = response.match(ID)?.filter((id) => (this.owners.get(id) ?? person) !== person) ?? [];
    const foreign = [...markers, ...ids].filter((text) => !request.includes(text));
    return [...new Set(foreign)].map((text) => `holds ${text}, which belongs to another user`);
  }
}
