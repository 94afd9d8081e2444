/**
 * Refuses a Node that is too old, in words that even an old one reads: it would stop at the syntax of all other scripts.
 * package.json loads this before them.
 */
'use strict';

var OLDEST = [20, 19];
var version = process.versions.node.split('.').map(Number);

if (version[0] < OLDEST[0] || (version[0] === OLDEST[0] && version[1] < OLDEST[1])) {
  console.error(
    'convlab needs Node ' + OLDEST.join('.') + ' or newer, this is ' + process.version + '; see nodejs.org',
  );
  process.exit(1);
}
