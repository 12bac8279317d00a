import { Injectable } from '@nestjs/common';
import type { SessionKeeper } from '#accounts';
import { SessionNotFoundError, SessionService } from '#session';

type Device = Parameters<SessionKeeper['open']>[1];

/** Manages the sessions of users who sign in; they are sessions like any other. */
@Injectable()
export class SessionKeeperAdapter implements SessionKeeper {
  constructor(private readonly sessions: SessionService) {}

  async open(userId: string, device: Device): Promise<string> {
    const { session } = await this.sessions.create(userId, { preferences: {}, data: {}, ...device });
    return session.id;
  }

  async renew(userId: string, sessionId: string): Promise<boolean> {
    return this.unlessGone(async () => this.sessions.get(userId, sessionId));
  }

  async close(userId: string, sessionId: string): Promise<void> {
    await this.unlessGone(async () => this.sessions.delete(userId, sessionId));
  }

  async closeOthers(userId: string, sessionId: string | undefined): Promise<void> {
    await this.sessions.deleteAll(userId, sessionId);
  }

  /** Whether the session existed. */
  private async unlessGone(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      if (error instanceof SessionNotFoundError) return false;
      throw error;
    }
  }
}
