import type { Fault } from '../fault.js';
import { DEPENDENCY_FAULTS } from './dependency-faults.js';
import { INSTANCE_FAULTS } from './instance-faults.js';
import { LOAD_FAULTS } from './load-faults.js';
import { REDIS_FAULTS } from './redis-faults.js';

export const ALL_FAULTS: readonly Fault[] = [...REDIS_FAULTS, ...DEPENDENCY_FAULTS, ...LOAD_FAULTS, ...INSTANCE_FAULTS];
