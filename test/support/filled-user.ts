import { createHash } from 'node:crypto';
import { keys } from '#redis';
import { AccountClient } from './account-client.js';
import { CartClient, LAPTOP, MOUSE } from './cart-client.js';
import { EventStream } from './event-stream.js';
import { guestOf, type GuestClient } from './guest-client.js';
import { withKey } from './idempotency.js';
import { SessionClient } from './session-client.js';
import type { TestApp } from './test-app.js';

type KeyKind = keyof typeof keys;

/** A user with an account about whom the service stores a key of every kind. */
export class FilledUser {
  private constructor(
    readonly account: AccountClient,
    readonly userId: string,
    /** The digest of the email address. */
    readonly digest: string,
    readonly authorization: string,
    readonly refreshToken: string,
    readonly sessionId: string,
    /** The old id of a session that was renewed. */
    readonly renewedId: string,
    /** A guest with a checkout, whose cart was merged into the user's. */
    readonly guest: GuestClient,
    readonly stream: EventStream,
  ) {}

  static async fill({ http, url }: Pick<TestApp, 'http' | 'url'>, name: string): Promise<FilledUser> {
    const guest = guestOf(http, `guest_of_${name}`);
    await guest.add('mouse', 1, MOUSE).expect(200);
    await guest.checkout().expect(201);
    const account = await AccountClient.registered(http, name);
    const { body } = await account.login({ guest_token: guest.token }).expect(200);
    const [userId, authorization] = [userOf(String(body.access_token)), `Bearer ${body.access_token}`];
    await account.changePassword(String(body.access_token), 'a wrong password', 'a wrong password').expect(401);
    await new AccountClient(http, account.email, 'a wrong password').login().expect(401);

    const cart = new CartClient(http, userId, authorization);
    await withKey(cart.add('laptop', 2, LAPTOP), 'some-key').expect(200);
    await cart.add('mouse', 1, MOUSE).expect(200);
    await cart.save('mouse').expect(200);
    const { body: checkout } = await cart.checkout().expect(201);
    await cart.complete(String(checkout.checkout_id), `order-of-${name}`).expect(200);
    await cart.add('laptop', 1, LAPTOP).expect(200);
    await cart.get().expect(200);
    const sessions = new SessionClient(http, userId, authorization);
    const renewedId = await sessions.open({ data: { of: name } });
    await sessions.renew(renewedId).expect(200);
    const stream = await EventStream.open(url, { authorization });
    const digest = createHash('sha256').update(account.email).digest('base64url');
    const { refresh_token, session_id }: Record<string, string> = body;
    const [refreshToken, sessionId] = [String(refresh_token), String(session_id)];
    return new FilledUser(account, userId, digest, authorization, refreshToken, sessionId, renewedId, guest, stream);
  }

  /** The ids that must not remain anywhere once the user is erased. */
  get ids(): string[] {
    return [this.userId, this.digest, this.sessionId];
  }

  /**
   * The prefix of each kind of key about the user; undefined for kinds that are not about a user. A new kind of key does not
   * compile, and fails the test, until it is added here, with the decision what erasing a user does with it.
   * @param pendingGuest a guest with an unfinished merge into the user's cart.
   */
  keysOf(pendingGuest: string): Readonly<Record<KeyKind, string | undefined>> {
    const { userId, digest } = this;
    return {
      cart: keys.cart(userId),
      cartMeta: keys.cartMeta(userId),
      cartSaved: keys.cartSaved(userId),
      cartIdempotencyIndex: keys.cartIdempotencyIndex(userId),
      cartIdempotency: keys.cartIdempotency(userId, 'some-key'),
      cartCheckouts: keys.cartCheckouts(userId),
      cartHistory: keys.cartHistory(userId),
      cartOffer: keys.cartOffer(pendingGuest),
      cartMerged: keys.cartMerged(userId, ''),
      cartMerges: keys.cartMerges(userId),
      session: keys.session(this.sessionId),
      sessionRenewed: keys.sessionRenewed(this.renewedId),
      sessions: keys.sessions(userId),
      product: undefined,
      productLoad: undefined,
      account: keys.account(userId),
      accountEmail: keys.accountEmail(digest),
      refreshFamilies: keys.refreshFamilies(userId),
      logins: keys.logins(userId),
      loginsFrom: keys.loginsFrom(userId, ''),
      loginSources: keys.loginSources(digest),
      loginNetworks: keys.loginNetworks(digest),
      loginsOfNetwork: undefined,
      addressLimit: undefined,
      rateLimit: keys.rateLimit(userId),
      cartEvents: keys.cartEvents,
      cartEventsChannel: undefined,
      cartStreams: keys.cartStreams(userId),
      health: undefined,
      cartMetric: keys.cartMetric('add', userId),
    };
  }
}

function userOf(token: string): string {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  if (typeof claims === 'object' && claims !== null && 'sub' in claims) return String(claims.sub);
  throw new Error('The token names no user.');
}
