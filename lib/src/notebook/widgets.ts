/**
 * Widgets in the browser, by ipywidgets' protocol: the models of JupyterLab's widget manager, kept equal over comms.
 * Source: ipywidgets' packages/schema/messages.md, version 2.1.0, and its jupyterwidgetmodels.latest.json.
 */
import type {Comm, Kernel} from './kernel';

type State = Record<string, unknown>;

const PROTOCOL = '2.1.0';
const TARGET = 'jupyter.widget';
/** By which a page that was loaded again asks for all that is there. */
const CONTROL = 'jupyter.widget.control';
const MODULE = '@jupyter-widgets/controls';
const MODULE_VERSION = '2.0.0';
export const VIEW_MIME = 'application/vnd.jupyter.widget-view+json';

/** A widget's model on this side. */
export class Widget {
  private static readonly open = new Map<string, Widget>();
  private readonly state: State;
  private readonly comm: Comm;
  private onChange: (state: State) => void | Promise<void> = () => undefined;

  /** @param kind as its view is called, such as `FloatSlider` */
  constructor(kernel: Kernel, kind: string, state: State) {
    this.state = {
      _model_module: MODULE,
      _model_module_version: MODULE_VERSION,
      _model_name: `${kind}Model`,
      _view_module: MODULE,
      _view_module_version: MODULE_VERSION,
      _view_name: `${kind}View`,
      ...state,
    };
    if (Widget.open.size === 0) kernel.onComm(CONTROL, tellAll);
    this.comm = kernel.openComm(TARGET, {state: this.state, buffer_paths: []}, {version: PROTOCOL});
    this.comm.onMessage((data) => this.receive(data));
    this.comm.onClose(() => Widget.open.delete(this.comm.id));
    Widget.open.set(this.comm.id, this);
  }

  /** How another widget names this one. */
  get reference(): string {
    return `IPY_MODEL_${this.comm.id}`;
  }

  /** The data of a display that is this widget's view. */
  get view(): State {
    return {version_major: 2, version_minor: 0, model_id: this.comm.id};
  }

  /** Says who is told of what the reader moves. The browser sends what came meanwhile when the promise is settled. */
  changed(listener: (state: State) => void | Promise<void>): void {
    this.onChange = listener;
  }

  private receive(data: State): void | Promise<void> {
    if (data.method === 'request_state') {
      this.comm.send({method: 'update', state: this.state, buffer_paths: []});
      return;
    }
    if (data.method !== 'update') return;
    Object.assign(this.state, data.state);
    return this.onChange(data.state as State);
  }

  /** All that are open, as the control comm tells of them. */
  static states(): State {
    const told = ({state}: Widget) => ({
      model_name: state._model_name,
      model_module: state._model_module,
      model_module_version: state._model_module_version,
      state,
    });
    return Object.fromEntries([...Widget.open].map(([id, widget]) => [id, told(widget)]));
  }
}

function tellAll(comm: Comm): void {
  comm.onMessage(({method}) => {
    if (method === 'request_states') comm.send({method: 'update_states', states: Widget.states(), buffer_paths: []});
  });
}
