import type { Person } from '../people/person.js';

const MARKER = /zq\dpersn/g;
/** Ids and tokens issued by the service: at least 128 bits in base64url. The three parts of a token count as one. */
const ID = /[A-Za-z0-9_.-]{22,}/g;

/** Finds data of other persons in a response. */
export class LeakCheck {
  private readonly owners = new Map<string, Person>();

  /** Records that the service issued this id or token to a person. */
  own(person: Person, id: string): void {
    if (!this.owners.has(id)) this.owners.set(id, person);
  }

  /**
   * @param request the whole request as text: a response may repeat what the person sent.
   * @param response headers and body as text.
   */
  faultsOf(person: Person, request: string, response: string): string[] {
    const markers = response.match(MARKER)?.filter((marker) => marker !== person.marker) ?? [];
    const ids = response.match(ID)?.filter((id) => (this.owners.get(id) ?? person) !== person) ?? [];
    const foreign = [...markers, ...ids].filter((text) => !request.includes(text));
    return [...new Set(foreign)].map((text) => `contains ${text}, which belongs to another user`);
  }
}
