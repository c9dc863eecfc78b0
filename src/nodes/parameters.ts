/** What a function takes, read from its source: the names that it picks out of its inputs, which of them have defaults, and whether it looks at a second argument. */
import { type AssignmentProperty, type Options, type Pattern, parseExpressionAt } from "acorn";

/** The parameters of a node's function. */
export interface Parameters {
  /** Names picked out of the first argument; `undefined` when it takes the object whole (`inputs => ...`). */
  readonly names: readonly { readonly name: string; readonly optional: boolean }[] | undefined;
  /** True when more names may be read: `{ text, ...rest }`, or the whole object. */
  readonly open: boolean;
  /** True when a second argument may be read. */
  readonly context: boolean;
}

/** Reads them from `fn.toString()`; for native and bound functions, whose source cannot be read, everything is open. */
export function parametersOf(fn: (...args: never[]) => unknown): Parameters {
  const params = parsed(Function.prototype.toString.call(fn));
  if (params === undefined) return { names: undefined, open: true, context: true };
  const { list, usesArguments } = params;
  const context = list.length > 1 || list[0]?.type === "RestElement" || usesArguments;
  const first = list[0]?.type === "AssignmentPattern" ? list[0].left : list[0];
  if (first === undefined) return { names: usesArguments ? undefined : [], open: usesArguments, context };
  if (first.type !== "ObjectPattern") return { names: undefined, open: true, context };
  const properties = first.properties.filter(
    (property): property is AssignmentProperty => property.type === "Property",
  );
  const computed = properties.some((property) => property.computed);
  const names = properties
    .filter((property) => !property.computed)
    .map(({ key, value }) => ({ name: keyName(key), optional: value.type === "AssignmentPattern" }));
  return { names, open: computed || names.length < first.properties.length, context };
}

/** What a function's source may speak of when it is read apart from the module or class around it. */
const anySource: Options = {
  ecmaVersion: "latest",
  sourceType: "module",
  allowAwaitOutsideFunction: true,
  allowSuperOutsideMethod: true,
  checkPrivateFields: false,
};

/** A function's source may be an expression, an arrow, a method of an object or of a class. */
function parsed(source: string): { list: readonly Pattern[]; usesArguments: boolean } | undefined {
  for (const wrapped of [`(${source})`, `({${source}})`, `(class {${source}})`, `(function ${source})`]) {
    try {
      const expression: unknown = parseExpressionAt(wrapped, 0, anySource);
      const list = paramsIn(expression);
      if (list) return { list, usesArguments: /\barguments\b/.test(source) };
    } catch {
      // Not this form; the next.
    }
  }
  return undefined;
}

interface Syntax {
  readonly type: string;
  readonly params?: readonly Pattern[];
  readonly properties?: readonly { readonly value?: Syntax }[];
  readonly body?: { readonly body?: readonly { readonly value?: Syntax }[] };
}

function paramsIn(expression: unknown): readonly Pattern[] | undefined {
  const syntax = expression as Syntax;
  if (syntax.type === "ObjectExpression") return syntax.properties?.[0]?.value?.params;
  if (syntax.type === "ClassExpression") return syntax.body?.body?.[0]?.value?.params;
  return syntax.params;
}

function keyName(key: { readonly type: string; readonly name?: string; readonly value?: unknown }): string {
  return key.type === "Identifier" ? (key.name ?? "") : String(key.value);
}
