import './native';
// eslint-disable-next-line @typescript-eslint/no-require-imports -- `import =` keeps tfjs-node's values, types and namespaces under one name.
import tf = require('@tensorflow/tfjs-node');
import {mendOneChannel} from './oneChannel';
import {checkVersion} from './version';

checkVersion(tf.version);
mendOneChannel(tf);

export {tf};
