// What a name in a cell means: an earlier cell's variable, which is a property of `exports`, or something else.
import type typescript from '@tslab/typescript-for-tslab';
import type {TypeScript} from './tslab';

/** A node with what the compiler's binder has found out about it. */
type Scope = typescript.Node & {locals?: Map<string, unknown>; parent?: Scope};

/**
 * tslab writes `exports.name` for an earlier cell's variable, but not in `{name}`, which then failed with "name is not
 * defined"; such a property is written out first. And it took the name of a property for a variable where an earlier cell
 * had declared the property's type, as in `const {model: mine} = made`: those stay as they are.
 */
export function visitorOfEarlierNames(compiler: TypeScript): TypeScript['visitEachChild'] {
  /** The name of a property, and of no variable, that stands in a pattern, an object or a class. */
  const propertyNameIn = (node: typescript.Node): typescript.Node | undefined => {
    const name = compiler.isBindingElement(node)
      ? node.propertyName
      : compiler.isObjectLiteralElementLike(node) || compiler.isClassElement(node)
        ? node.name
        : undefined;
    return name && compiler.isIdentifier(name) ? name : undefined;
  };

  /** Whether a name means an earlier cell's variable: the nearest scope that knows it is that of their declarations. */
  const isEarlier = (name: typescript.Identifier): boolean => {
    for (let node = compiler.getOriginalNode(name) as Scope | undefined; node; node = node.parent) {
      if (node.locals?.has(name.text) === true)
        return compiler.isSourceFile(node) && node.fileName.endsWith('/__prev__.d.ts');
    }
    return false;
  };

  return ((node: typescript.Node, visitor: typescript.Visitor, context: never) => {
    if (compiler.isShorthandPropertyAssignment(node) && isEarlier(node.name)) {
      const {factory} = compiler;
      const {text} = node.name;
      const variable = factory.createPropertyAccessExpression(factory.createIdentifier('exports'), text);
      const ifMissing = node.objectAssignmentInitializer;
      const value = ifMissing
        ? factory.createAssignment(variable, compiler.visitNode(ifMissing, visitor) as typescript.Expression)
        : variable;
      return factory.createPropertyAssignment(factory.createIdentifier(text), value);
    }
    const property = propertyNameIn(node);
    return compiler.visitEachChild(node, (child) => (child === property ? child : visitor(child)), context);
  }) as TypeScript['visitEachChild'];
}
