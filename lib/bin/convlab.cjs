#!/usr/bin/env node
'use strict';

require('../setup/node.cjs');
import('../commands/main.mjs').then(({main}) => main(process.argv.slice(2)));
