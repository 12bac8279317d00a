import { parseRedisInfo } from './redis-info.js';

it('parses sections, numbers, texts with colons and the keyspace', () => {
  const text = [
    '# Server',
    'redis_version:7.0.15',
    'tcp_port:6379',
    'executable:/usr/bin/redis:server',
    'run_id:0012',
    'big:12345678901234567',
    'ratio:1.20',
    '',
    '# Keyspace',
    'db0:keys=3,expires=1,avg_ttl=250',
    '',
  ].join('\r\n');
  expect(parseRedisInfo(text)).toEqual({
    server: {
      redis_version: '7.0.15',
      tcp_port: 6379,
      executable: '/usr/bin/redis:server',
      run_id: '0012',
      big: '12345678901234567',
      ratio: 1.2,
    },
    keyspace: { db0: { keys: 3, expires: 1, avg_ttl: 250 } },
  });
});
