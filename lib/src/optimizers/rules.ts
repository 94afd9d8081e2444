import type {Rule} from './rule';
import {ADADELTA} from './adadelta';
import {ADAFACTOR} from './adafactor';
import {ADAGRAD} from './adagrad';
import {ADAM} from './adam';
import {ADAMAX} from './adamax';
import {ADAMW} from './adamW';
import {FTRL} from './ftrl';
import {LAMB} from './lamb';
import {LION} from './lion';
import {MUON} from './muon';
import {NADAM} from './nadam';
import {RMSPROP} from './rmsprop';
import {SCHEDULE_FREE_ADAMW} from './scheduleFreeAdamW';
import {SGD} from './sgd';

/** All of Keras's optimizers that are computed here, by Keras's class. */
export const RULES: ReadonlyMap<string, Rule> = new Map(
  [
    SGD,
    RMSPROP,
    ADAM,
    ADAMW,
    ADAMAX,
    NADAM,
    ADAGRAD,
    ADADELTA,
    ADAFACTOR,
    FTRL,
    LION,
    LAMB,
    MUON,
    SCHEDULE_FREE_ADAMW,
  ].map((rule) => [rule.name, rule]),
);
