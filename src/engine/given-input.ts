/**
 * What an input cannot be given though it would pass for a constant: a node or an input where an output of that node was meant, and
 * a list or object with ports, nodes or components in it, which would reach the function as what they are, not as what they hold.
 */
import { BaseNode, baseOf } from "./base-node.ts";
import { Shape } from "./component.ts";
import { described } from "./failure.ts";
import { GraphError } from "./graph-error.ts";
import { isA } from "./is-a.ts";
import { InPort, OutPort, pathOf } from "./port.ts";

/** What was given, in words; and the outputs of the node of which one was meant. */
interface Mistake {
  readonly given: string;
  readonly of?: BaseNode | undefined;
}

/** @throws GraphError `unknown-port` */
export function refuseMistaken(given: unknown, input: { readonly node: string; readonly port: string }): void {
  const mistake = isA(given, BaseNode) || isA(given, InPort) ? takenForOutput(given) : wrapped(given);
  if (mistake === undefined) return;
  throw new GraphError("unknown-port", `The input '${input.port}' of '${input.node}' is given ${mistake.given}.`, {
    ...input,
    ...(mistake.of && { known: Object.keys(mistake.of.outputs) }),
  });
}

function takenForOutput(given: BaseNode | InPort): Mistake {
  const of = given instanceof InPort ? baseOf(given.node) : given;
  const what = given instanceof InPort ? `the input '${given.name}' of '${of.name}'` : `the node '${of.name}'`;
  return { given: `${what}; give it one of its outputs`, of };
}

function wrapped(given: unknown): Mistake | undefined {
  const inside = hiddenIn(given);
  if (inside === undefined) return undefined;
  const of = inside instanceof OutPort || inside instanceof InPort ? baseOf(inside.node) : undefined;
  if (of && holdsAllOutputs(given as object, of))
    return { given: `all outputs of '${of.name}': give it one of them`, of };
  return { given: `${described(given)} with ${called(inside)} in it: give each an input of its own` };
}

/** What in a plain list or object is more than a value. */
function hiddenIn(given: unknown): OutPort | InPort | BaseNode | Shape | undefined {
  try {
    if (!Array.isArray(given) && Object.getPrototypeOf(Object(given)) !== Object.prototype) return undefined;
    return Object.values(given as object).find(
      (one) => isA(one, OutPort) || isA(one, InPort) || isA(one, BaseNode) || isA(one, Shape),
    );
  } catch {
    // What cannot be read is a value like any other.
    return undefined;
  }
}

function holdsAllOutputs(given: object, { outputs }: BaseNode): boolean {
  return !Array.isArray(given) && Object.values(outputs).every((one) => Object.values(given).includes(one));
}

function called(one: OutPort | InPort | BaseNode | Shape): string {
  if (one instanceof BaseNode) return `the node '${one.name}'`;
  return one instanceof Shape ? "a component" : `the port ${pathOf(one)}`;
}
