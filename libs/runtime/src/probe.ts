const PROBE = /^\/(metrics|health(\/\w+)?)(\?|$)/;

/** Whether a URL or a route is that of a probe or of a scrape, which come every few seconds and are no user's request. */
export function isProbe(url: string): boolean {
  return PROBE.test(url);
}
