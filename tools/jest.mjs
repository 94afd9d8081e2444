/** How jest is started: as `npm run unit` has it. @param {string[]} words for jest */
export const jest = (words) => ['npm', 'run', '--silent', 'unit', '--', ...words];
