/** A plan comes alive: nodes made through the public classes alone. What grows here a user could have written. */
import type { Component } from "../engine/component.ts";
import { Graph } from "../engine/graph.ts";
import { Lane } from "../engine/lane.ts";
import type { Node } from "../engine/node.ts";
import { type InputPort, OutPort } from "../engine/port.ts";
import { ChoiceNode } from "../nodes/choice.ts";
import { FnNode } from "../nodes/fn.ts";
import { GraphNode } from "../nodes/graph-node.ts";
import { InputNode } from "../nodes/input.ts";
import { Approve, ChooseOne, TextInput } from "../nodes/interaction.ts";
import { ui } from "../nodes/ui.ts";
import { type Around, constantOf, functionOf, hanging, type Wait } from "./drawn-function.ts";
import type { FnPlan, GraphPlan, InputPlan, NodePlan, OutPlan, PersonPlan, Way } from "./graph-plan.ts";
import { told } from "./told.ts";

/** What an item of a port is, so that only lists are scattered. */
type Content = "number" | "row" | { readonly list: Content };
interface Source {
  readonly port: OutPort;
  readonly content: Content;
}

export class Growth {
  readonly nodes: Node[] = [];
  readonly #plan: GraphPlan;
  readonly #wait: Wait;
  readonly #around: Around | undefined;
  readonly #within: string;
  readonly #shared: readonly Component<number>[];
  readonly #lane = new Lane(1);
  /** What can be read of each node of the plan. */
  readonly #sources: (readonly Source[])[] = [];

  /** `within`: begins the names of a graph inside, so that no two nodes of all have the same. */
  constructor(plan: GraphPlan, wait: Wait, around?: Around, within = "") {
    this.#plan = plan;
    this.#wait = wait;
    this.#around = around;
    this.#within = within;
    this.#shared = plan.shared.map(field);
    for (const [at, node] of plan.nodes.entries()) this.#sources.push(this.#grow(node, at));
  }

  /** Inputs that a component shows, each component once. */
  get inputs(): readonly InputPort<number>[] {
    const all = this.nodes.flatMap((node) => Object.values(node.inputs) as InputPort<number>[]);
    const shown = all.filter((port) => port.component !== null);
    return shown.filter((port, i) => shown.findIndex((other) => other.component === port.component) === i);
  }

  #grow(node: NodePlan, at: number): readonly Source[] {
    switch (node.kind) {
      case "input": {
        const ports = Object.fromEntries(node.firsts.map((first, i) => [letter(i), field(first)]));
        return this.#take(new InputNode({ name: `${this.#within}in${at}`, ports }));
      }
      case "fn":
        return this.#fn(node, `n${at}`, at);
      case "choice":
        return this.#choice(node.variants, at);
      case "graph":
        return this.#subgraph(node.inside, node.inputs, at);
      case "person":
        return this.#person(node, at);
      default:
        return node satisfies never;
    }
  }

  #take(node: unknown, contents?: readonly Content[]): readonly Source[] {
    const made = node as Node;
    this.nodes.push(made);
    const ports = Object.values(made.outputs) as unknown as OutPort[];
    return ports.map((port, i) => ({ port, content: contents?.[i] ?? "number" }));
  }

  #fn(plan: FnPlan, named: string, at: number, flat = false): readonly Source[] {
    const name = `${this.#within}${named}`;
    const fed = this.#reading(plan.inputs, at).map((input) => this.#fed(input, at, flat));
    const inputs = Object.fromEntries(fed.map((given, i) => [`i${i}`, deepest(fed) > 1 ? asked(given) : given]));
    const outputs = Object.fromEntries(plan.outs.map((out, i) => [letter(i), i % 2 === 0 ? componentOf(out) : null]));
    const options = {
      ...(plan.manual && { trigger: "manual" }),
      ...(plan.skips && { onItemError: "skip" }),
      ...(plan.forgets && { remember: false }),
      ...(plan.lane !== null && { lane: plan.lane === "shared" ? this.#lane : plan.lane }),
      // Whatever does not hang has ended before any timer goes off.
      ...(hanging(plan) && { timeout: 1 }),
      ...(plan.mends === "again" && { retries: { times: 1, delay: 0 } }),
      ...(plan.mends === "fallback" && { fallback: constantOf(plan, 7) }),
    };
    const work = functionOf(name, plan, this.#wait);
    const fn = this.#around ? told(this.#around(name, work, plan), () => String(work)) : work;
    const node = new FnNode(fn as never, { name, inputs, outputs, ...options } as never);
    return this.#take(node, plan.outs.map(contentOf));
  }

  /** Its variants are as deep as each other: not scattered. */
  #choice(variants: readonly FnPlan[], at: number): readonly Source[] {
    const alternatives = variants.map((plan, i) =>
      this.#fn({ ...plan, outs: plan.outs.map(plainly) }, `n${at}${"xyz"[i]}`, at, true),
    );
    const nodes = alternatives.map(([source]) => source?.port.node as Node);
    const choice = new ChoiceNode(nodes as unknown as [Node, Node], { name: `choice${at}` });
    return [...this.#take(choice), ...(alternatives[0] as readonly Source[])];
  }

  #subgraph(inside: readonly FnPlan[], inputs: readonly InputPlan[], at: number): readonly Source[] {
    const calm = inside.map((plan) => ({ ...plan, inputs: plan.inputs.map(uncalled) }));
    const inner = new Growth({ form: "any", shared: [at % 10], nodes: calm }, this.#wait, this.#around, `g${at}.`);
    const last = inner.#sources.at(-1) as readonly Source[];
    // The last one can be set inside alone, unless it is fed.
    const open = inner.inputs.slice(0, Math.max(inputs.length, inner.inputs.length - 1));
    const named = Object.fromEntries(open.map((port, i) => [`i${i}`, port]));
    const outputs = Object.fromEntries(last.map(({ port }, i) => [letter(i), gathered(port)]));
    const graph = new Graph({ name: `Inside ${at}`, nodes: inner.nodes, inputs: named, outputs });
    const fed = inputs.slice(0, open.length).map((input) => this.#fed(input, at, false));
    const given = fed.map((one, i) => [`i${i}`, deepest(fed) > 0 ? asked(one) : one]);
    const node = new GraphNode(graph as Graph<Record<string, number>, {}>, {
      name: `g${at}`,
      inputs: Object.fromEntries(given),
    });
    return this.#take(
      node,
      last.map(({ port, content }) => listed(content, port.depth)),
    );
  }

  #person({ asks, back, out }: PersonPlan, at: number): readonly Source[] {
    const name = `${this.#within}person${at}`;
    const sources = this.#sources[at - 1 - (back % Math.max(1, at))] ?? [];
    const source = sources[out % Math.max(1, sources.length)];
    if (source === undefined || asks === "text") return this.#take(new TextInput({ name }));
    const port = gathered(source.port);
    const content = listed(source.content, source.port.depth);
    if (asks === "approval" || typeof content === "string")
      return this.#take(new Approve(port as never, { name }), [content]);
    return this.#take(new ChooseOne(port as never, { name }), [content.list]);
  }

  // ── how inputs are fed

  #reading(inputs: readonly InputPlan[], at: number): readonly InputPlan[] {
    const { form, nodes } = this.#plan;
    // A join of all nodes before, the nearest first.
    if (form === "wide" && at > 0 && at === nodes.length - 1) return nodes.slice(1).map((_, back) => edge(back, "all"));
    return form === "deep" ? [edge(0, "plain"), ...inputs.slice(1)] : inputs;
  }

  /** `flat`: nothing that is scattered, gathered if need be. */
  #fed(input: InputPlan, at: number, flat: boolean): unknown {
    switch (input.feed) {
      case "edge": {
        if (at === 0) return field(input.out);
        const back = this.#plan.form === "deep" ? input.back % 2 : input.back;
        const sources = this.#sources[at - 1 - (back % at)] as readonly Source[];
        const source = sources[input.out % sources.length];
        // What only does something gives nothing to read.
        if (source === undefined) return input.out;
        return flat ? gathered(source.port) : led(source, input.way);
      }
      case "own":
        return field(input.first);
      case "shared":
        return this.#shared[input.at % this.#shared.length];
      case "constant":
        return input.n;
      case "callable":
        return calling(input);
      default:
        return input satisfies never;
    }
  }
}

function edge(back: number, way: Way): InputPlan {
  return { feed: "edge", back, out: 0, way };
}

/** Does what a way says, as far as it can be done. */
function led({ port, content }: Source, way: Way): OutPort {
  if (way === "all" || way === "again") {
    if (port.depth === 0) return port;
    return way === "all" ? port.all() : port.all().each();
  }
  if (way === "plain" || typeof content === "string" || port.depth > 1) return port;
  return way === "field" && content.list === "row" ? port.each("n") : port.each();
}

function gathered(port: OutPort): OutPort {
  let whole = port;
  while (whole.depth > 0) whole = whole.all();
  return whole;
}

function listed(content: Content, depth: number): Content {
  return depth === 0 ? content : { list: listed(content, depth - 1) };
}

function contentOf({ form }: OutPlan): Content {
  if (form === "number") return "number";
  return { list: form === "rows" ? "row" : form === "list" ? "number" : { list: "number" } };
}

function plainly(out: OutPlan): OutPlan {
  return { ...out, form: "number" };
}

function componentOf({ form }: OutPlan): Component<unknown> {
  if (form === "rows") return ui.itemList({ n: ui.number(), at: ui.number() });
  return form === "number" ? ui.number() : ui.json();
}

/** Few values, so that an equal one is set often. */
function field(first: number | null): Component<number> {
  return first === null
    ? ui.number({ minimum: 0, maximum: 9, step: 1 })
    : ui.slider({ minimum: 0, maximum: 9, value: first });
}

/** How often a node that is given this is scattered. Which run an item shows is seen from outside only for items of a list, not deeper, and so is what a callable answered. */
function deepest(fed: readonly unknown[]): number {
  return Math.max(0, ...fed.map((given) => (given instanceof OutPort ? given.depth : 0)));
}

function uncalled(input: InputPlan): InputPlan {
  return input.feed === "callable" ? { feed: "constant", n: input.n } : input;
}

/** A callable's answer, given as a constant. */
function asked(given: unknown): unknown {
  return typeof given === "function" ? 1 : given;
}

/** Each call gives another of three values. */
function calling({ n, later }: { readonly n: number; readonly later: boolean }): () => unknown {
  let calls = n;
  return later ? async () => calls++ % 3 : () => calls++ % 3;
}

function letter(i: number): string {
  return "abc".charAt(i);
}
