/**
 * Makes exported pages independent of any network: their charts are interactive when opened from disk, years later.
 *
 *   node lib/jupyter/embed-plotly.mjs build/notebooks/*.html
 */
import fs from 'node:fs';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';
import {gzipSync} from 'node:zlib';

const require = createRequire(import.meta.url);
const MARK = '<script data-convlab="plotly.js">';

/**
 * Puts plotly.js into each page that has a figure, once, compressed to 2.5 MB, and unties the page from the network:
 * RequireJS, which nothing here needs, goes, and MathJax no longer holds the page up while it can't be reached.
 *
 * @param {string[]} files pages that nbconvert made; rewritten in place, and left alone when it was done before
 */
export function embedPlotly(files) {
  for (const file of files) {
    const page = fs.readFileSync(file, 'utf8');
    const untied = page
      .replace(/<script src="[^"]*\/require(\.min)?\.js"><\/script>/, '')
      .replace(/<script src="([^"]*mathjax[^"]*)">/i, '<script async src="$1">');
    const wanted = untied.includes('class="convlab-figure"') && !untied.includes(MARK);
    // A function as the replacement: in a string, "$&" and the like would be read as patterns.
    const whole = wanted ? untied.replace('</head>', () => `${library()}\n</head>`) : untied;
    if (whole !== page) fs.writeFileSync(file, whole);
  }
}

let cached;

/** A script that unpacks plotly.js and promises it to the figures, which look for `convlabPlotly`. */
function library() {
  cached ??= `${MARK}
window.convlabPlotly = (async () => {
  const packed = Uint8Array.from(atob('${packedPlotly()}'), (letter) => letter.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const script = document.createElement('script');
  script.textContent = await new Response(unpacked).text();
  document.head.append(script);
  return window.Plotly;
})();
</script>`;
  return cached;
}

function packedPlotly() {
  const file = createRequire(require.resolve('convlab/package.json')).resolve('plotly.js-dist/plotly.js');
  return gzipSync(fs.readFileSync(file), {level: 9}).toString('base64');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) embedPlotly(process.argv.slice(2));
