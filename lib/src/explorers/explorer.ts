import {escapeHtml, scriptJson} from '../html';
import {renderStatic, type StaticRender} from './staticRender';
import {scriptOf, type ExplorerKind} from './script';

/**
 * Something to touch below a cell: a drawing that answers the mouse and the keys. It is one piece of HTML that needs no
 * network and no other file, and a static render where scripts don't run.
 */
export class Explorer {
  #staticRender: StaticRender | undefined;

  constructor(
    readonly kind: ExplorerKind,
    /** What is shown, as plain data. */
    readonly data: object,
    /** What can be seen, in words: for screen readers, and where nothing can be shown. */
    readonly alt: string,
  ) {}

  /** The static render: PNG bytes, with the size to show them at in screen pixels. */
  get staticRender(): StaticRender {
    return (this.#staticRender ??= renderStatic(this.kind, this.data));
  }

  toHTML(): string {
    const {png, width, height} = this.staticRender;
    return (
      `<div class="convlab-explorer" data-kind="${this.kind}"><img src="data:image/png;base64,${png.toString('base64')}" ` +
      `width="${width}" height="${height}" alt="${escapeHtml(this.alt)}" style="max-width: 100%; height: auto">` +
      `<script type="application/json">${scriptJson(this.data)}</script><script>${loader(this.kind)}</script></div>`
    );
  }

  toString(): string {
    return `[Explorer: ${this.alt}]`;
  }
}

/** One that the browser is still reading has no loader of its own yet, which will come. */
function loader(kind: ExplorerKind): string {
  return `(() => {
${scriptOf(kind)}
document.querySelectorAll('.convlab-explorer[data-kind="${kind}"]:not([data-mounted])').forEach((box) => {
const [source, own] = box.querySelectorAll('script');
if (!own) return;
box.dataset.mounted = '';
mount(box, JSON.parse(source.textContent));
box.querySelector('img').remove();
});
})()`;
}
