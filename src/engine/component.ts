/** How a port is shown and edited. The engine knows a component only by its first value and by what it accepts; what it looks like is the screen's business. */

declare const held: unique symbol;

/** Every kind of component there is: one per function of `ui`. */
export type ComponentKind =
  | "textbox"
  | "number"
  | "slider"
  | "checkbox"
  | "dropdown"
  | "colorPicker"
  | "image"
  | "gallery"
  | "audio"
  | "video"
  | "file"
  | "model3d"
  | "json"
  | "markdown"
  | "html"
  | "label"
  | "dataframe"
  | "chatbot"
  | "itemList";

/** How a port is shown and edited; `T` is the type of its value. Made by `ui.*`; one object given to several inputs is one card feeding all. */
export interface Component<out T> {
  readonly kind: ComponentKind;
  readonly label: string | undefined;
  readonly visible: boolean;
  readonly interactive: boolean;
  readonly [held]: T;
}

/** What lies behind a `Component`: made by `ui.*`, read by the engine and by the server's views. */
export class Shape {
  readonly kind: ComponentKind;
  readonly label: string | undefined;
  readonly info: string | undefined;
  readonly visible: boolean;
  readonly interactive: boolean;
  /** The first value, or `undefined` for none. */
  readonly initial: unknown;
  /** What the screen needs to draw it: plain JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  /** `undefined` when the value will do, else what was expected, in words: `a number from 0 to 1`. */
  readonly refuses: (value: unknown) => string | undefined;
  /** The same of a value that is set: there a number also keeps to the distance between allowed ones. What a function works out need not. */
  readonly refusesSet: (value: unknown) => string | undefined;
  /** A value that will do, now or as a promise: what a node is tried with when nothing else is given. */
  readonly example: () => unknown;
  /** The components of a row, by field, where the value is a list of rows. */
  readonly fields: Readonly<Record<string, Component<unknown>>> | undefined;
  /** Of a choice's output: the components of its variants, each of which may give the value; `null` where one is hidden. */
  readonly alternatives: readonly (Component<unknown> | null)[] | undefined;

  constructor(about: {
    kind: ComponentKind;
    label?: string | undefined;
    info?: string | undefined;
    visible?: boolean | undefined;
    interactive?: boolean | undefined;
    initial?: unknown;
    options?: Readonly<Record<string, unknown>>;
    refuses: (value: unknown) => string | undefined;
    refusesSet?: (value: unknown) => string | undefined;
    example: () => unknown;
    fields?: Readonly<Record<string, Component<unknown>>> | undefined;
    alternatives?: readonly (Component<unknown> | null)[] | undefined;
  }) {
    this.kind = about.kind;
    this.label = about.label;
    this.info = about.info;
    this.visible = about.visible ?? true;
    this.interactive = about.interactive ?? true;
    this.initial = about.initial;
    this.options = about.options ?? {};
    this.refuses = about.refuses;
    this.refusesSet = about.refusesSet ?? about.refuses;
    this.example = about.example;
    this.fields = about.fields;
    this.alternatives = about.alternatives;
  }
}

/** The shape behind a component. */
export function shapeOf(component: Component<unknown>): Shape {
  return component as unknown as Shape;
}
