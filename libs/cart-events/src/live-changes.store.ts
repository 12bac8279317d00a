import { Injectable, Logger } from '@nestjs/common';
import { Observable } from 'rxjs';
import { keys, RedisSubscriber, type ChannelListener } from '#redis';
import { fromMessage, type RecordedChange } from './recorded-change.js';

/** A change as it happens, or a notice that some may have been missed. */
export type News = RecordedChange | 'interrupted';

/** A user's news from the subscription on. */
export interface Listening {
  /** What has arrived since then and what still arrives, for one reader. */
  readonly news: Observable<News>;
  readonly stop: () => void;
}

/** Subscribes to the channels of users. */
@Injectable()
export class LiveChanges {
  private readonly logger = new Logger(LiveChanges.name);

  constructor(private readonly subscriber: RedisSubscriber) {}

  /** @throws RedisUnavailableError */
  async listen(userId: string): Promise<Listening> {
    const inbox = new Inbox<News>();
    const listener: ChannelListener = {
      message: (text) => {
        const change = fromMessage(text);
        if (change === undefined) this.logger.debug({ message: 'A message of the feed makes no sense' });
        else inbox.put(change);
      },
      resubscribed: () => {
        inbox.put('interrupted');
      },
    };
    const stop = await this.subscriber.subscribe(keys.cartEventsChannel(userId), listener);
    return { news: inbox.contents, stop };
  }
}

/** Buffers values until the reader subscribes, then passes them on. */
class Inbox<T> {
  private waiting: T[] = [];
  private read: ((value: T) => void) | undefined;

  readonly contents = new Observable<T>((reader) => {
    const { waiting } = this;
    this.waiting = [];
    this.read = (value) => {
      reader.next(value);
    };
    waiting.forEach(this.read);
  });

  put(value: T): void {
    if (this.read === undefined) this.waiting.push(value);
    else this.read(value);
  }
}
