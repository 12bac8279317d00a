import type { Cluster, Redis } from 'ioredis';
import type { RedisInvalidations, InvalidationFollower } from './redis.invalidations.js';

/** Events of ioredis after which the nodes or their roles may have changed. */
const TOPOLOGY_EVENTS = ['+node', '-node', 'refresh'] as const;

/** The invalidations of one primary. */
interface Feed {
  readonly invalidations: RedisInvalidations;
  isFollowing: boolean;
}

/**
 * The invalidations of a cluster: one feed for each primary that the client knows. They count as followed while every feed is
 * active, and as lost when any feed is lost or the primaries change. The client knows a primary before it sends the first
 * command to it, so nothing is cached from a primary whose changes are not followed yet.
 */
export class ClusterInvalidations implements RedisInvalidations {
  private readonly feeds = new Map<string, Feed>();
  private isFollowing = false;
  private update = (): void => undefined;

  /**
   * @param cluster the client whose reads are cached.
   * @param feedOf creates the feed of one node.
   */
  constructor(
    private readonly cluster: Cluster,
    private readonly feedOf: (node: Redis) => RedisInvalidations,
  ) {}

  follow(prefix: string, follower: InvalidationFollower): void {
    this.update = () => {
      if (this.followPrimaries(prefix, follower)) this.lose(follower);
      this.check(follower);
    };
    for (const event of TOPOLOGY_EVENTS) this.cluster.on(event, this.update);
    this.update();
  }

  close(): void {
    for (const event of TOPOLOGY_EVENTS) this.cluster.off(event, this.update);
    for (const { invalidations } of this.feeds.values()) invalidations.close();
    this.feeds.clear();
  }

  /** @returns whether the primaries have changed. */
  private followPrimaries(prefix: string, follower: InvalidationFollower): boolean {
    const primaries = new Map(this.cluster.nodes('master').map((node) => [nameOf(node), node]));
    const gone = Array.from(this.feeds).filter(([name]) => !primaries.has(name));
    for (const [name, { invalidations }] of gone) {
      this.feeds.delete(name);
      invalidations.close();
    }
    const added = Array.from(primaries).filter(([name]) => !this.feeds.has(name));
    for (const [name, node] of added) this.feeds.set(name, this.open(node, prefix, follower));
    return gone.length + added.length > 0;
  }

  private open(node: Redis, prefix: string, follower: InvalidationFollower): Feed {
    const feed: Feed = { invalidations: this.feedOf(node), isFollowing: false };
    const becomes = (isFollowing: boolean) => () => {
      feed.isFollowing = isFollowing;
      this.check(follower);
    };
    feed.invalidations.follow(prefix, {
      following: becomes(true),
      lost: becomes(false),
      invalidated: (names) => {
        follower.invalidated(names);
      },
    });
    return feed;
  }

  private check(follower: InvalidationFollower): void {
    const feeds = Array.from(this.feeds.values());
    if (feeds.length === 0 || feeds.some(({ isFollowing }) => !isFollowing)) this.lose(follower);
    else if (!this.isFollowing) {
      this.isFollowing = true;
      follower.following();
    }
  }

  private lose(follower: InvalidationFollower): void {
    if (!this.isFollowing) return;
    this.isFollowing = false;
    follower.lost();
  }
}

function nameOf({ options: { host, port } }: Redis): string {
  return `${host}:${port}`;
}
