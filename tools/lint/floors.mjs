/** The house's floors: which room of lib/src may import which. An import that isn't named here is an error. */
import path from 'node:path';

/** Rooms that stand on nothing, or on one another. */
const GROUND = ['arguments', 'files', 'html', 'native', 'progress', 'random', 'tables'];

/** `index` stands for lib/src/index.ts, which lists them all. */
export const FLOORS = {
  ...Object.fromEntries(GROUND.map((room) => [room, GROUND])),
  tfjs: GROUND,
  layers: [...GROUND, 'tfjs'],
  graph: [...GROUND, 'tfjs'],
  data: [...GROUND, 'tfjs', 'graph'],
  pictures: [...GROUND, 'data'],
  charts: [...GROUND, 'data', 'pictures'],
  explorers: [...GROUND, 'data', 'pictures'],
  exercises: GROUND,
  losses: [...GROUND, 'tfjs'],
  metrics: [...GROUND, 'tfjs', 'losses'],
  optimizers: [...GROUND, 'tfjs'],
  training: [...GROUND, 'tfjs', 'graph', 'data', 'losses', 'metrics', 'optimizers'],
  keras: [...GROUND, 'tfjs', 'layers', 'losses', 'metrics', 'optimizers'],
  evaluation: [...GROUND, 'tfjs', 'training'],
  notebook: [...GROUND, 'tfjs', 'data', 'pictures', 'charts', 'training'],
  kernel: [...GROUND, 'notebook'],
};

/** Upwards, for types alone: nothing is loaded for them. */
const TYPES = {tfjs: ['graph', 'keras']};

/** The one room that may know each of these packages. */
const OWNERS = {
  tslab: ['kernel'],
  '@tslab/typescript-for-tslab': ['kernel'],
  '@tensorflow/tfjs-node': ['tfjs'],
  '@tensorflow/tfjs-core': ['tfjs'],
  canvas: ['native'],
};

/** The first part of a path below lib/src, without its ending. */
function roomOf(file) {
  const [, below] = /[\\/]lib[\\/]src[\\/](.*)$/.exec(file) ?? [];
  return below?.split(/[\\/]/)[0].replace(/\.ts$/, '');
}

/** @type {import('eslint').Rule.RuleModule} */
export const floors = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      unknown: 'lib/src/{{room}} has no floor yet: name it in tools/lint/floors.mjs.',
      upwards: '{{room}} must not import {{target}}: it stands on {{allowed}} (tools/lint/floors.mjs).',
      owned: '{{name}} belongs to {{rooms}} alone (tools/lint/floors.mjs).',
    },
  },
  create(context) {
    const room = roomOf(context.filename);
    if (room === undefined || room === 'index') return {};
    const check = (node, source, isType) => {
      if (typeof source !== 'string') return;
      if (!source.startsWith('.')) {
        const rooms = Object.hasOwn(OWNERS, source) ? OWNERS[source] : undefined;
        if (rooms && !isType && !rooms.includes(room)) {
          context.report({node, messageId: 'owned', data: {name: source, rooms: rooms.join(' and ')}});
        }
        return;
      }
      const target = roomOf(path.resolve(path.dirname(context.filename), source));
      if (target === undefined || target === room) return;
      const allowed = FLOORS[room];
      if (allowed === undefined) context.report({node, messageId: 'unknown', data: {room}});
      else if (!allowed.includes(target) && !(isType && TYPES[room]?.includes(target))) {
        context.report({node, messageId: 'upwards', data: {room, target, allowed: allowed.join(', ')}});
      }
    };
    const isTypeAlone = (node) =>
      node.importKind === 'type' ||
      node.exportKind === 'type' ||
      (node.specifiers?.length > 0 &&
        node.specifiers.every(({importKind, exportKind}) => (importKind ?? exportKind) === 'type'));
    /** @param {any} node any of the kinds below */
    const statement = (node) => check(node, node.source?.value, isTypeAlone(node));
    return {
      ImportDeclaration: statement,
      ExportNamedDeclaration: statement,
      ExportAllDeclaration: statement,
      ImportExpression: (/** @type {any} */ node) => check(node, node.source.value, false),
      TSImportEqualsDeclaration: (node) =>
        check(node, node.moduleReference.expression?.value, node.importKind === 'type'),
      CallExpression: (/** @type {any} */ node) => {
        if (node.callee.name === 'require') check(node, node.arguments[0]?.value, false);
      },
    };
  },
};
