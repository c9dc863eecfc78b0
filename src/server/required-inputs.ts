/**
 * Which inputs a call has to be given, as JSON Schema: those without a value of their own that the nodes asked for need.
 * What only a variant of a choice needs is required where that variant is chosen, and the choice itself is needed. A variant
 * that is read without its choice has to be chosen (C1).
 */
import { type BaseNode, baseOf } from "../engine/base-node.ts";
import type { Graph } from "../engine/graph.ts";
import { lacksValue, type Needed, neededBy } from "../engine/needed.ts";
import { InPort, pathOf } from "../engine/port.ts";
import { goalsOf, type Signature } from "../engine/signature.ts";
import { anyOf, type Schema } from "./json-schema.ts";

/** A variant of a choice, and what is needed wherever it is chosen. */
interface Way {
  readonly choice: BaseNode;
  readonly variant: BaseNode;
  readonly needs: ReadonlySet<Needed>;
}

/** Keywords beside the properties of a call's inputs. */
export function requiredInputs(graph: Graph, signature: Signature): Schema {
  const { ways, common } = waysOf(graph);
  const always = neededBy(graph, goalsOf(graph), (choice) => common.get(choice) ?? []);
  const places = new Map([...new Set(ways.map(({ choice }) => choice))].map((choice, i) => [choice, `choice${i + 1}`]));

  /** What holds where a choice is needed at all: nothing to be said where it always is. */
  const needed = (choice: BaseNode): readonly Schema[] =>
    always.has(choice) ? [] : [{ $ref: `#/$defs/${places.get(choice)}` }];
  const taken = (way: Way): readonly Schema[] => [...chosen(way, signature), ...needed(way.choice)];

  const conditional = ways.flatMap((way): readonly Schema[] => {
    const then = demanded(
      graph,
      signature,
      [...way.needs].filter((one) => !always.has(one)),
      ways.filter(({ variant }) => variant !== way.variant),
    );
    return Object.keys(then).length === 0 ? [] : [{ if: all(taken(way)), then }];
  });
  const defs = [...places].flatMap(([choice, place]): readonly [string, Schema][] => {
    if (always.has(choice)) return [];
    const above = ways.filter((way) => way.choice !== choice && way.needs.has(choice));
    return [[place, above.length === 0 ? never : { anyOf: above.map((way) => all(taken(way))) }]];
  });
  const { allOf = [], ...plain } = demanded(graph, signature, always, ways);
  const rules = [...(allOf as readonly Schema[]), ...conditional];
  return {
    ...plain,
    ...(rules.length > 0 && { allOf: rules }),
    ...(conditional.length > 0 && defs.length > 0 && { $defs: Object.fromEntries(defs) }),
  };
}

const never: Schema = { not: {} };

function all(schemas: readonly Schema[]): Schema {
  return schemas.length === 1 ? (schemas[0] as Schema) : schemas.length === 0 ? {} : { allOf: schemas };
}

/** The choices of a graph by their variants, and what all variants of one need. Each choice comes after those that it depends on. */
function waysOf(graph: Graph) {
  const ways: Way[] = [];
  const common = new Map<BaseNode, readonly Needed[]>();
  for (const choice of graph.nodes.map(baseOf)) {
    if (choice.kind !== "choice") continue;
    const own = choice.above.map((variant): Way => {
      const needs = neededBy(graph, [variant], (above) => common.get(above) ?? []);
      return { choice, variant, needs };
    });
    ways.push(...own);
    const [first, ...others] = own;
    common.set(
      choice,
      [...(first?.needs ?? [])].filter((one) => others.every(({ needs }) => needs.has(one))),
    );
  }
  return { ways, common };
}

/** True of a call that takes this way. A choice without a name outside goes its first way. */
function chosen({ choice, variant }: Way, { choices }: Signature): readonly Schema[] {
  const first = choice.above[0] === variant;
  if (choices.get(choice.name) !== choice) return first ? [] : [never];
  const way = { properties: { [choice.name]: { const: variant.name } } };
  return [first ? way : { ...way, required: [choice.name] }];
}

/** What has to be given so that these are there. One component may go by several names: one of them will do. */
function demanded(graph: Graph, signature: Signature, needs: Iterable<Needed>, ways: readonly Way[]): Schema {
  const required = new Set<string>();
  const rules = new Map<string, Schema>();
  const missing: string[] = [];
  const either = (schemas: readonly Schema[]) => {
    const rule = anyOf(schemas);
    if (Object.keys(rule).length > 0) rules.set(JSON.stringify(rule), rule);
  };
  for (const one of needs) {
    const leading = one instanceof InPort ? [] : ways.filter(({ variant }) => variant === one);
    if (leading.length > 0) either(leading.map((way) => all(chosen(way, signature))));
    if (one instanceof InPort ? !lacksValue(graph, one) : !one.answer) continue;
    const names = namesOf(one, signature);
    if (names.length > 1) either(names.map((name) => ({ required: [name] })));
    else if (names[0] !== undefined) required.add(names[0]);
    else missing.push(one instanceof InPort ? pathOf(one) : one.name);
  }
  const inOrder = [...signature.inputs.keys(), ...signature.answers.keys()].filter((name) => required.has(name));
  return {
    ...(inOrder.length > 0 && { required: inOrder }),
    ...(rules.size > 0 && { allOf: [...rules.values()] }),
    ...(missing.length > 0 && { ...never, $comment: `A call cannot give a value to ${missing.join(", ")}.` }),
  };
}

function namesOf(one: Needed, { inputs, answers }: Signature): readonly string[] {
  if (!(one instanceof InPort)) return [...answers].filter(([, step]) => step === one).map(([name]) => name);
  return [...inputs].filter(([, { component }]) => component === one.component).map(([name]) => name);
}
