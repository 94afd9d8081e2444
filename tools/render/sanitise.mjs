/**
 * Turns an executed notebook into what a site shows that trusts no notebook, such as GitHub: nbconvert's HTML of each
 * output, with scripts, styles, event handlers and unknown elements gone.
 */

const KEPT_ELEMENTS = [
  'div',
  'pre',
  'span',
  'img',
  'table',
  'thead',
  'tbody',
  'tr',
  'th',
  'td',
  'caption',
  'p',
  'br',
  'b',
  'i',
];
const KEPT_ATTRIBUTES = ['src', 'alt', 'width', 'height', 'colspan', 'rowspan'];

/** The order in which such a site prefers the forms of an output. */
const PREFERRED = ['text/html', 'image/png', 'text/plain'];

/**
 * @param {{data: Record<string, string | string[]>}} output
 * @param {Document} document where elements are made
 * @returns {Element} what the site puts on its page
 */
export function renderSanitised({data}, document) {
  const type = PREFERRED.find((candidate) => candidate in data);
  const content = [data[type] ?? ''].flat().join('');
  const place = document.createElement('div');
  if (type === 'text/html') place.innerHTML = content;
  else if (type === 'image/png')
    place.append(Object.assign(document.createElement('img'), {src: `data:image/png;base64,${content}`}));
  else place.textContent = content;
  for (const element of place.querySelectorAll('*')) clean(element);
  return place;
}

function clean(element) {
  if (!KEPT_ELEMENTS.includes(element.localName)) return element.remove();
  for (const {name} of [...element.attributes]) if (!KEPT_ATTRIBUTES.includes(name)) element.removeAttribute(name);
}
