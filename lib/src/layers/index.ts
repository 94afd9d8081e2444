// Layers, activations and initializers of Keras's that TensorFlow.js lacks, or has with less. Importing this file makes them
// known to it by their names in Keras's files.
import '../tfjs/initializers';
import '../tfjs/weightArguments';
import './activations';
import './adaptivePooling';
import './attention';
import './changed';
import './convLstm';
import './convNeXt';
import './depthwise';
import './dotAttention';
import './einsumDense';
import './grouped';
import './gru';
import './idle';
import './merged';
import './normalization';
import './operation';
import './preprocessing';
import './randomPictures';
import './reversibleEmbedding';
import './sequences';
import './spectralNormalization';
import './transposed';
import './volumes';
