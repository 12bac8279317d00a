import { EventStream, type StreamUser } from './event-stream.js';

interface Instance {
  readonly url: string;
}

/** Opens streams for a test, and closes them after it. */
export function useEventStreams() {
  const opened: EventStream[] = [];
  afterEach(() => {
    for (const stream of opened.splice(0)) stream.close();
  });
  return {
    /** A stream before its first message. */
    async open({ url }: Instance, user: StreamUser, lastEventId?: string): Promise<EventStream> {
      const stream = await EventStream.open(url, user, lastEventId);
      opened.push(stream);
      return stream;
    },
    /** A stream past its first message. */
    async follow(instance: Instance, user: StreamUser): Promise<EventStream> {
      const stream = await this.open(instance, user);
      await stream.next();
      return stream;
    },
  };
}
