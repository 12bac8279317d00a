import { Counter, Gauge } from 'prom-client';
import { startAtZero } from '#runtime';

export const rateLimitRejections = new Counter({
  name: 'cartwright_rate_limit_rejections_total',
  help: 'Requests beyond a limit, by the limit: user (without a token its address), address, or sign_in.',
  labelNames: ['limit'] as const,
});
startAtZero(rateLimitRejections, ['user', 'address', 'sign_in']);

export const countsLocally = new Gauge({
  name: 'cartwright_rate_limit_local',
  help: '1 while this instance counts requests by itself because Redis cannot, otherwise 0.',
});
