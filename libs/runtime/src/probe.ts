const PROBE_OR_SCRAPE = /^\/(metrics|health(\/\w+)?)(\?|$)/;

/** Whether a URL or a route is that of a probe or of a scrape, which come every few seconds and are no user's request. */
export function isProbeOrScrape(url: string): boolean {
  return PROBE_OR_SCRAPE.test(url);
}
