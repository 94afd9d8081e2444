import path from 'node:path';
import {expect, test} from '@jest/globals';
import ts from 'typescript';

/** A public function. */
interface Documented {
  name: string;
  parameters: string[];
  returns: boolean;
  /** Those of its overloads together. */
  tags: ts.JSDocTagInfo[];
}

const functions = publicFunctions(path.join(__dirname, '../lib/src/index.ts'));

test('there are public functions to look at', () => {
  expect(functions.map(({name}) => name)).toEqual(
    expect.arrayContaining(['fit', 'mnist.load', 'keras.save', 'npz.load', 'figureToPng', 'earlyStopping']),
  );
});

test.each(functions)(
  '$name says what it takes, returns and throws, with one example',
  ({parameters, returns, tags}) => {
    const texts = (name: string) =>
      tags.filter((tag) => tag.name === name).map(({text}) => ts.displayPartsToString(text));
    const described = texts('param').filter((text) => /^\S+ .*\w/s.test(text));
    expect({
      undescribed: parameters.filter((name) => !described.some((text) => text.split(/[ .]/)[0] === name)),
      // options.wait belongs to options.
      unknown: described.map((text) => text.split(/[ .]/)[0]!).filter((name) => !parameters.includes(name)),
      returns: texts('returns').length > 0 || !returns,
      throws: texts('throws').length > 0,
      examples: texts('example').length,
    }).toEqual({undescribed: [], unknown: [], returns: true, throws: true, examples: 1});
  },
);

function publicFunctions(entry: string): Documented[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    path.join(__dirname, '../lib/tsconfig.json'),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: () => undefined,
    },
  );
  const program = ts.createProgram([entry], {...config!.options, noEmit: true});
  const checker = program.getTypeChecker();
  const here = path.dirname(entry);
  const found: Documented[] = [];
  const look = (symbol: ts.Symbol, prefix: string) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const declaration = target.declarations?.[0];
    // tf is TensorFlow.js's own.
    if (!declaration?.getSourceFile().fileName.startsWith(here)) return;
    const name = prefix + symbol.name;
    if (target.flags & ts.SymbolFlags.ValueModule) {
      for (const inner of checker.getExportsOfModule(target)) look(inner, `${name}.`);
    } else if (target.flags & ts.SymbolFlags.Function && !isDeprecated(target, checker)) {
      found.push(documented(name, checker.getTypeOfSymbolAtLocation(target, declaration).getCallSignatures(), checker));
    }
  };
  for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!)) {
    look(symbol, '');
  }
  return found;
}

/** The former name of another function, which has the documentation. */
function isDeprecated(symbol: ts.Symbol, checker: ts.TypeChecker): boolean {
  return symbol.getJsDocTags(checker).some(({name}) => name === 'deprecated');
}

function documented(name: string, signatures: readonly ts.Signature[], checker: ts.TypeChecker): Documented {
  const returned = signatures.map((signature) => checker.typeToString(signature.getReturnType()));
  return {
    name,
    parameters: [...new Set(signatures.flatMap(({parameters}) => parameters.map((parameter) => parameter.name)))],
    returns: !returned.every((type) => type === 'void' || type === 'Promise<void>'),
    tags: signatures.flatMap((signature) => signature.getJsDocTags()),
  };
}
