/**
 * What compiles and can't be meant, and what the compiler refuses in words that don't help: JavaScript has no operators
 * for tensors, `t[0]` is undefined without a word, R's arrow is "less than minus". Found in a cell's tree with its types.
 */
import type typescript from '@tslab/typescript-for-tslab';
import type {TypeScript} from './tslab';

/** A place in a cell, and what to write there. */
export interface Slip {
  node: typescript.Node;
  message: string;
  /** The cell runs all the same, and this is told beside it. */
  note: boolean;
}

/** The code of errors that aren't the compiler's. */
export const SLIP = 99_000;

/** The methods of tensors that stand for JavaScript's operators. */
const METHODS: Record<string, string> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '%': 'mod',
  '**': 'pow',
  '<': 'less',
  '<=': 'lessEqual',
  '>': 'greater',
  '>=': 'greaterEqual',
};
const EQUALITIES = new Set(['==', '===', '!=', '!==']);
/** Longer code isn't repeated in an answer. */
const LONGEST = 24;
/** As many of an object's members are named. */
const MOST_MEMBERS = 6;

export function slipsIn(compiler: TypeScript, program: typescript.Program, cell: typescript.SourceFile): Slip[] {
  const checker = program.getTypeChecker();
  const slips: Slip[] = [];
  const hidden = compiler.ModifierFlags.Private | compiler.ModifierFlags.Protected;
  const add = (node: typescript.Node, message: string, note = false) => slips.push({node, message, note});

  const visit = (node: typescript.Node): void => {
    if (compiler.isBinaryExpression(node)) {
      const arrow = assignedByArrow(node);
      if (arrow === undefined) operator(node);
      else add(node, `TypeScript writes const ${arrow} = …`);
    } else if (compiler.isPrefixUnaryExpression(node)) {
      const minus = node.operator === compiler.SyntaxKind.MinusToken;
      if (minus && isTensor(node.operand))
        add(node, `Tensors have methods, no operators: ${textOf(node.operand)}.neg()`);
    } else if (compiler.isElementAccessExpression(node)) element(node);
    else if (compiler.isMetaProperty(node) && node.keywordToken === compiler.SyntaxKind.ImportKeyword) {
      add(node, "A cell has no import.meta: the notebook's folder is process.cwd()");
    }
    compiler.forEachChild(node, visit);
  };

  /** `x <- 5` as a statement: the name. */
  const assignedByArrow = ({left, operatorToken, right, parent}: typescript.BinaryExpression): string | undefined => {
    const arrow =
      compiler.isExpressionStatement(parent) &&
      operatorToken.getText(cell) === '<' &&
      cell.text[operatorToken.end] === '-' &&
      right.getStart(cell) === operatorToken.end;
    return arrow && (compiler.isIdentifier(left) || compiler.isPropertyAccessExpression(left))
      ? left.getText(cell)
      : undefined;
  };

  const operator = (node: typescript.BinaryExpression): void => {
    const {left, operatorToken, right} = node;
    const sign = operatorToken.getText(cell);
    if (sign === 'in' && checker.isArrayLikeType(checker.getTypeAtLocation(right))) {
      const [value, list] = [textOf(left), textOf(right)];
      add(node, `${value} in ${list} asks for an index; ${list}.includes(${value}) asks for a value`, true);
      return;
    }
    if (EQUALITIES.has(sign)) {
      if (!isTensor(left) || !isTensor(right)) return;
      const method = sign.startsWith('!') ? 'notEqual' : 'equal';
      const pair = `${textOf(left)} ${sign} ${textOf(right)}`;
      add(node, `${pair} asks whether both are the same object; ${called(left, method, right)} compares values`, true);
      return;
    }
    const method = METHODS[sign.length > 1 && sign.endsWith('=') && !(sign in METHODS) ? sign.slice(0, -1) : sign];
    if (method === undefined || (!isTensor(left) && !isTensor(right))) return;
    // A text takes in anything.
    if (sign.startsWith('+') && (isText(left) || isText(right))) return;
    const call = called(left, method, right);
    const assigned = sign in METHODS ? call : `${textOf(left)} = ${call}`;
    add(node, `Tensors have methods, no operators: ${assigned}`);
  };

  /** `t.add(u)`, or `tf.sub(2, t)` where no tensor stands in front. */
  const called = (left: typescript.Expression, method: string, right: typescript.Expression): string =>
    isTensor(left) ? `${textOf(left)}.${method}(${textOf(right)})` : `tf.${method}(${textOf(left)}, ${textOf(right)})`;

  const element = ({expression, argumentExpression: index}: typescript.ElementAccessExpression): void => {
    const numeric = checker.getTypeAtLocation(index).flags & compiler.TypeFlags.NumberLike;
    if (!numeric) return;
    const [name, at] = [textOf(expression), textOf(index)];
    if (!isTensor(expression)) {
      const type = checker.getTypeAtLocation(expression);
      const fromTheEnd = /^-\d/.test(at) && type.getProperty('at') !== undefined;
      if (fromTheEnd) add(index.parent, `Nothing stands at [${at}]; counted from the end it is ${name}.at(${at})`);
      else if (!canBeIndexed(type))
        add(index.parent, `${checker.typeToString(type)} has no [${at}]: ${membersOf(type, name, at)}`);
      return;
    }
    const numbers = at.startsWith('-') ? `(await ${name}.array()).at(${at})` : `(await ${name}.array())[${at}]`;
    const part = at.startsWith('-') ? '' : `${name}.gather(${at}) is a tensor, `;
    add(index.parent, `A tensor has no [${at}]: ${part}${numbers} has numbers`);
  };

  /** Whether a number between brackets may find something. Of an instance of a class without indices it can't; of others who knows. */
  const canBeIndexed = (type: typescript.Type): boolean =>
    ((type.symbol as typescript.Symbol | undefined)?.flags ?? 0) & compiler.SymbolFlags.Class
      ? checker.getIndexInfosOfType(type).length > 0
      : true;

  const membersOf = (type: typescript.Type, name: string, at: string): string => {
    if (type.getProperty('image') !== undefined) return `${name}.image(${at}) is one image`;
    const members = type.getProperties().filter((member) => isPublic(member) && !member.name.startsWith('_'));
    const few = members.slice(0, MOST_MEMBERS).map((member) => member.name);
    return few.length === 0
      ? 'it has no elements'
      : `it has ${few.join(', ')}${members.length > few.length ? ' …' : ''}`;
  };

  const isPublic = ({valueDeclaration}: typescript.Symbol): boolean =>
    valueDeclaration === undefined || !(compiler.getCombinedModifierFlags(valueDeclaration) & hidden);

  const isText = (node: typescript.Node): boolean =>
    Boolean(checker.getTypeAtLocation(node).flags & (compiler.TypeFlags.StringLike | compiler.TypeFlags.Any));

  const isTensor = (node: typescript.Node): boolean => {
    const type = checker.getTypeAtLocation(node);
    const parts = type.isUnion() ? type.types : [type];
    return parts.every(({symbol}) => {
      const declared = (symbol as typescript.Symbol | undefined)?.declarations?.[0]?.getSourceFile().fileName;
      return declared?.includes('tfjs-core') === true && ['Tensor', 'Variable'].includes(symbol.name);
    });
  };

  const textOf = (node: typescript.Node): string => {
    const text = node.getText(cell);
    return text.length > LONGEST || text.includes('\n') ? '…' : text;
  };

  compiler.forEachChild(cell, visit);
  return slips;
}
