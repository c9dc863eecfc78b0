/** Components grouped in one card. Each port is an input that a person sets and, at once, an output that other nodes read. */
import { type Component, Shape } from "../engine/component.ts";
import { GraphError } from "../engine/graph-error.ts";
import { refuseUnknown, refuseUnnamed } from "../engine/known-options.ts";
import type { Node } from "../engine/node.ts";
import type { InputValue, Port } from "../engine/port.ts";
import { exampleInputs, type Values } from "./alone.ts";
import { Variant } from "./choice.ts";

/** Components grouped in one card; each is an input (set it) and an output (connect it). */
export interface InputNode<out In> extends Node<In, { [K in keyof In]: Port<In[K]> }> {
  readonly kind: "input";
}

interface InputNodeConstructor {
  /**
   * @example
   * const scene = new InputNode({ name: "Scene", ports: { prompt: ui.textbox(), width: ui.slider({ minimum: 64, maximum: 2048 }) } });
   * @throws GraphError `bad-component` for a port that is not a component
   */
  new <C extends Readonly<Record<string, Component<unknown>>>>(options: {
    name: string;
    ports: C;
  }): InputNode<{ -readonly [K in keyof C]: InputValue<C[K]> }>;
}

class GroupNode extends Variant {
  readonly kind = "input";
  readonly about = "inputs";
  override readonly runnable = false;

  constructor(options: { name: string; ports: Readonly<Record<string, Component<unknown>>> }) {
    const { name, ports } = options ?? {};
    if (typeof name !== "string" || typeof ports !== "object" || ports === null) {
      const lacks = typeof name !== "string" ? "a name" : "ports";
      throw new GraphError(
        "missing-input",
        `An InputNode needs ${lacks}: new InputNode({ name: "Scene", ports: { prompt: ui.textbox() } }).`,
      );
    }
    refuseUnknown(options, ["name", "ports"], `The InputNode '${name}'`);
    refuseUnnamed(ports, "ports", `the InputNode '${name}'`);
    for (const [port, component] of Object.entries(ports)) {
      if ((component as unknown) instanceof Shape) continue;
      throw new GraphError(
        "bad-component",
        `The port '${port}' of an InputNode must be a component: ui.textbox(), ...`,
        { port },
      );
    }
    super({ given: name, otherwise: "Inputs" }, ports, ports, {});
  }

  /** Its outputs are its inputs. */
  override test(values: Values = {}): Promise<Values> {
    return exampleInputs(this, values);
  }

  readonly start = (inputs: Values): Values => inputs;
}

export const InputNode = GroupNode as unknown as InputNodeConstructor;
