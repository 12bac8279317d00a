/**
 * The metrics of redis_exporter that the rules and dashboards use, with their labels and those values that they name. Each also has
 * `job` and `instance`. redis-exporter.e2e-spec.ts compares this with a real exporter; version 1.45 and later have all of them.
 */
export const REDIS_EXPORTER_METRICS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  redis_up: {},
  redis_instance_info: { role: ['master', 'slave'] },
  redis_uptime_in_seconds: {},
  redis_db_keys: { db: [] },
  redis_memory_used_bytes: {},
  redis_memory_used_rss_bytes: {},
  redis_memory_max_bytes: {},
  redis_expired_keys_total: {},
  redis_evicted_keys_total: {},
  redis_aof_last_write_status: {},
  redis_aof_last_bgrewrite_status: {},
  redis_rdb_last_bgsave_status: {},
  redis_cpu_sys_seconds_total: {},
  redis_cpu_user_seconds_total: {},
  redis_commands_processed_total: {},
  redis_commands_duration_seconds_total: { cmd: [] },
  redis_connected_clients: {},
  redis_rejected_connections_total: {},
  redis_connected_slaves: {},
  redis_master_link_up: { master_host: [], master_port: [] },
  redis_net_input_bytes_total: {},
  redis_net_output_bytes_total: {},
};
