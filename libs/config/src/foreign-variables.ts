/** What Kubernetes sets for a Service, such as `REDIS_SERVICE_HOST` and `REDIS_PORT_6379_TCP_ADDR`. */
const OF_KUBERNETES = /_(SERVICE_HOST|SERVICE_PORT(_[A-Z\d_]+)?|PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$/;
/** Its `CART_PORT=tcp://10.0.0.11:80`. */
const SERVICE_ADDRESS = /^(tcp|udp|sctp):\/\//;

/** Variables of other software whose names begin like settings of this service. */
const OF_OTHER_SOFTWARE = [
  // Redis Commander, which Compose configures in the same .env; redis_exporter; the images of Redis and Redis Stack.
  /^REDIS_(COMMANDER|EXPORTER)_/,
  /^REDIS_(ADDR|ARGS|VERSION|DOWNLOAD_[A-Z\d]+|DATA_DIR)$/,
  // Desktops.
  /^SESSION_MANAGER$/,
];

/** Whether other software owns a variable, so that it is no misspelt setting. */
export function isForeign(name: string, value = ''): boolean {
  if (OF_KUBERNETES.test(name) || (name.endsWith('_PORT') && SERVICE_ADDRESS.test(value))) return true;
  return OF_OTHER_SOFTWARE.some((pattern) => pattern.test(name));
}
