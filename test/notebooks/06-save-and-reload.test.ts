import {describe} from '@jest/globals';
import {EXECUTED} from './executed';
import {testReloaded} from './reloaded';

describe('06 with the network that 04 saved', () => {
  testReloaded(EXECUTED, 'A trained network is there', 0.975);
});
