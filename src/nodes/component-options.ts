/** What components have in common: their options, and how one is made of them. Options that cannot be true throw where they are written. */
import { type Component, type ComponentKind, Shape } from "../engine/component.ts";
import { GraphError } from "../engine/graph-error.ts";

/** Options that every component takes. */
export interface ComponentOptions<T> {
  /** Heading on the card. Default: the port's name in words. */
  label?: string;
  /** One line of help under the label. */
  info?: string;
  /** Initial value. Without one the port is `empty` and its node waits. */
  value?: T;
  /** `false` hides it; the port stays connectable. Default `true`. */
  visible?: boolean;
  /** `false` makes an input read-only. Default `true` for inputs, `false` for outputs. */
  interactive?: boolean;
}
/** `ComponentOptions` for what one types into. */
export interface TextOptions extends ComponentOptions<string> {
  /** Grey text while empty. */
  placeholder?: string;
  /** Visible lines. Default 1. */
  lines?: number;
  /** Longest text in characters. */
  maxLength?: number;
}
/** `ComponentOptions` for number fields. */
export interface NumberOptions extends ComponentOptions<number> {
  minimum?: number;
  maximum?: number;
  /** Distance between allowed values. Default: any number. */
  step?: number;
}
/** `ComponentOptions` for a choice among `choices`; a pair is `[label, value]`. */
export interface ChoiceOptions<V, T = V> extends ComponentOptions<T> {
  choices: readonly (V | readonly [label: string, value: V])[];
}
/** `ComponentOptions` for files. */
export interface MediaOptions<T> extends ComponentOptions<T> {
  /** Largest upload in bytes. Default: the server's limit. */
  maxSize?: number;
}

/** What makes a kind of component what it is. */
export interface Making {
  /** The options that the screen needs. */
  readonly shown?: readonly string[];
  readonly refuses: (value: unknown) => string | undefined;
  readonly refusesSet?: (value: unknown) => string | undefined;
  readonly example: () => unknown;
  readonly fields?: Readonly<Record<string, Component<unknown>>>;
}

export function made<T>(kind: ComponentKind, options: object, making: Making): Component<T> {
  const given = options as ComponentOptions<unknown> & Record<string, unknown>;
  const { value: initial, label, info, visible, interactive } = given;
  const { shown = [], ...rest } = making;
  const expected = initial === undefined ? undefined : (making.refusesSet ?? making.refuses)(initial);
  if (expected !== undefined) throw badComponent(`The value of this ui.${kind} must be ${expected}.`);
  const picked = Object.fromEntries(
    shown.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]),
  );
  const shape = new Shape({ kind, label, info, visible, interactive, initial, options: picked, ...rest });
  return shape as unknown as Component<T>;
}

export function badComponent(message: string): GraphError {
  return new GraphError("bad-component", message);
}
