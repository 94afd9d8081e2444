/** Outputs that are kept instead of published. */
import type {Bundle} from '../notebook/kernel';

type Content = Record<string, unknown>;

interface Kept {
  /** A display that later ones may replace. */
  id?: string;
  /** A stream's name: what is printed to it next is added. */
  stream?: string;
  bundle: Bundle;
}

/** JupyterLab shows text of this type as it shows what is printed to stderr. */
const MIME = {stdout: 'text/plain', stderr: 'application/vnd.jupyter.stderr'} as Record<string, string>;

export class Capture {
  private kept: Kept[] = [];

  /** @returns whether a message was an output */
  take(type: string, content: Content): boolean {
    switch (type) {
      case 'stream':
        this.print(String(content.name), String(content.text));
        return true;
      case 'display_data':
      case 'update_display_data': {
        const {data, metadata, transient} = content as Content & Bundle & {transient?: {display_id?: string}};
        const id = transient?.display_id;
        const bundle = {data, metadata};
        const known = id === undefined ? undefined : this.kept.find((one) => one.id === id);
        if (known) known.bundle = bundle;
        else if (type === 'update_display_data') return false;
        else this.kept.push({id, bundle});
        return true;
      }
      case 'clear_output':
        this.kept = [];
        return true;
      default:
        return false;
    }
  }

  bundles(): Bundle[] {
    return this.kept.map(({bundle}) => bundle);
  }

  private print(name: string, text: string): void {
    const last = this.kept.at(-1);
    const before = last?.stream === name ? String(last.bundle.data['text/plain']) : '';
    if (last?.stream === name) this.kept.pop();
    const whole = before + text;
    this.kept.push({stream: name, bundle: {data: {[MIME[name]!]: whole, 'text/plain': whole}, metadata: {}}});
  }
}
