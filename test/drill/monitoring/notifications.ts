import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { LoopbackServer } from '../../support/loopback-server.js';

const message = z.object({
  receiver: z.string(),
  alerts: z.array(z.object({ status: z.enum(['firing', 'resolved']), labels: z.object({ alertname: z.string() }) })),
});

/** What Alertmanager has sent, as the people who are on call see it. */
export interface Notification {
  readonly receiver: string;
  readonly alert: string;
  /** Of `Date.now()`. */
  readonly at: number;
}

/** Receives the notifications of an Alertmanager. */
export class Notifications extends LoopbackServer {
  /** Each time that a receiver was notified of an alert that fires, in order. */
  readonly sent: Notification[] = [];

  /** Its `url` is where Alertmanager sends them to. */
  static async start(): Promise<Notifications> {
    const notifications = new Notifications();
    await notifications.listen();
    return notifications;
  }

  protected respond(request: IncomingMessage, response: ServerResponse): void {
    void text(request).then((body) => {
      this.receive(body);
      response.end();
    });
  }

  private receive(body: string): void {
    const { receiver, alerts } = message.parse(JSON.parse(body));
    for (const { status, labels } of alerts)
      if (status === 'firing') this.sent.push({ receiver, alert: labels.alertname, at: Date.now() });
  }
}
