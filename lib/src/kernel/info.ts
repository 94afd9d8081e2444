/** What the kernel says of itself. */
import {PROTOCOL} from './wire';

/** The content of Jupyter's kernel_info_reply. @param typescript the compiler's version */
export function kernelInfo(version: string, typescript: string): Record<string, unknown> {
  return {
    protocol_version: PROTOCOL,
    implementation: 'convlab',
    implementation_version: version,
    language_info: {
      name: 'typescript',
      version: typescript,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      // JupyterLab looks at the mode, Notebook at name and typescript.
      codemirror_mode: {mode: 'typescript', name: 'javascript', typescript: true},
    },
    banner: `TypeScript ${typescript}, Node ${process.versions.node}`,
    debugger: false,
    help_links: [{text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/'}],
  };
}
