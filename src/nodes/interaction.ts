/** Steps that wait for a person: pending until answered (I1). What an answer may be, and what becomes of it, is said here; when it is asked for is the sheet's business. */

import type { Answer } from "../engine/base-node.ts";
import { type Component, shapeOf } from "../engine/component.ts";
import { badInput, declined, FailureError } from "../engine/failure.ts";
import { GraphError } from "../engine/graph-error.ts";
import { refuseUnknown } from "../engine/known-options.ts";
import type { InteractionNode } from "../engine/node.ts";
import { OutPort, type Port } from "../engine/port.ts";
import { exampleInputs, type Values } from "./alone.ts";
import { Variant } from "./choice.ts";
import type { FileRef } from "./file-ref.ts";
import { ui } from "./ui.ts";

/** Lets the value through when a person says yes; a no fails the step with `declined`. */
export interface Approve<out T> extends InteractionNode<boolean, { input: T }, { output: Port<T> }> {}
/** A person picks one item of a list; answered by its index. */
export interface ChooseOne<out T> extends InteractionNode<number, { options: T[] }, { selected: Port<T> }> {}
/** A person writes a text. */
export interface TextInput extends InteractionNode<string, {}, { text: Port<string> }> {}
/** A person gives an image. */
export interface ImageInput extends InteractionNode<FileRef, {}, { image: Port<FileRef> }> {}

interface ApproveConstructor {
  /**
   * @example
   * const approved = new Approve(draft.outputs.text, { name: "Publish?" });
   * sheet.answer(approved, true);
   */
  new <T>(input: Port<T>, options?: { name?: string }): Approve<T>;
}
interface ChooseOneConstructor {
  /**
   * @example
   * const best = new ChooseOne(drafts.outputs.all, { name: "The best one" });
   * sheet.answer(best, 2);
   */
  new <T>(options: Port<readonly T[]>, about?: { name?: string }): ChooseOne<T>;
}
interface TextInputConstructor {
  /**
   * @example
   * const title = new TextInput({ label: "Title" });
   * sheet.answer(title, "Water");
   */
  new (options?: { name?: string; label?: string }): TextInput;
}
interface ImageInputConstructor {
  /**
   * @example
   * const photo = new ImageInput({ label: "Photo" });
   * sheet.answer(photo, await FileRef.fromPath("photo.jpg"));
   */
  new (options?: { name?: string; label?: string }): ImageInput;
}

/** A step that a person answers. */
export abstract class PersonStep extends Variant {
  readonly kind = "interaction";
  /** What a person is asked for. */
  abstract readonly asks: "approval" | "pick" | "text" | "image";
  abstract override readonly answer: Answer;
  /** An answer that will do. */
  protected abstract readonly exampleAnswer: () => unknown;

  /** Tried alone, a step is answered at once. */
  override async test(values: Values = {}): Promise<Values> {
    const inputs = await exampleInputs(this, values);
    const answer = await this.exampleAnswer();
    const failure = this.answer.lacks?.(inputs);
    if (failure) throw new FailureError(failure);
    return Object.fromEntries(Object.keys(this.outputs).map((name) => [name, this.answer.take(answer, inputs)]));
  }

  readonly start = (): never => {
    throw new Error("A person's step is answered; it does not run.");
  };
}

class ApproveStep extends PersonStep {
  readonly about = "approval";
  readonly asks = "approval";
  readonly answer: Answer = {
    refuses: (answer) => (typeof answer === "boolean" ? undefined : "true (yes) or false (no)"),
    take: (yes, { input }) => {
      if (yes) return input;
      throw new FailureError(declined(this.name));
    },
  };

  protected readonly exampleAnswer = () => true;

  constructor(input: unknown, options: { name?: string } = {}) {
    const port = plain(input, "new Approve(draft.outputs.text)");
    refuseUnknown(options, ["name"], "A person's step");
    super({ given: options.name, otherwise: "Approve" }, { input: port }, { output: port.component }, {});
  }
}

class ChooseOneStep extends PersonStep {
  readonly about = "choose one";
  readonly asks = "pick";
  readonly answer: Answer = {
    lacks: ({ options }) =>
      Array.isArray(options) && options.length > 0 ? undefined : badInput("options", "a list with an item", options),
    refuses: (answer, { options }) => {
      const length = Array.isArray(options) ? options.length : 0;
      const fits = Number.isInteger(answer) && (answer as number) >= 0 && (answer as number) < length;
      return fits ? undefined : `the index of an item, 0 to ${length - 1}`;
    },
    take: (index, { options }) => (options as readonly unknown[])[index as number],
  };

  protected readonly exampleAnswer = () => 0;

  constructor(options: unknown, about: { name?: string } = {}) {
    const port = plain(options, "new ChooseOne(drafts.outputs.list)");
    refuseUnknown(about, ["name"], "A person's step");
    super({ given: about.name, otherwise: "Choose one" }, { options: port }, { selected: null }, {});
  }
}

/** What a person gives into a component. */
abstract class GivenStep extends PersonStep {
  readonly answer: Answer;
  protected readonly exampleAnswer: () => unknown;

  constructor(
    port: string,
    component: Component<unknown>,
    options: { name?: string; label?: string },
    otherwise: string,
  ) {
    refuseUnknown(options, ["name", "label"], "A person's step");
    const { name, label } = options;
    super({ given: name, otherwise: label ?? otherwise }, {}, { [port]: component }, {});
    const { refuses, example } = shapeOf(component);
    this.answer = { refuses, take: (answer) => answer };
    this.exampleAnswer = example;
  }
}

class TextStep extends GivenStep {
  readonly about = "text from a person";
  readonly asks = "text";

  constructor(options: { name?: string; label?: string } = {}) {
    super("text", ui.textbox(labelled(options)), options, "Text");
  }
}

class ImageStep extends GivenStep {
  readonly about = "image from a person";
  readonly asks = "image";

  constructor(options: { name?: string; label?: string } = {}) {
    super("image", ui.image(labelled(options)), options, "Image");
  }
}

export const Approve = ApproveStep as unknown as ApproveConstructor;
export const ChooseOne = ChooseOneStep as unknown as ChooseOneConstructor;
export const TextInput = TextStep as unknown as TextInputConstructor;
export const ImageInput = ImageStep as unknown as ImageInputConstructor;

function labelled({ label }: { label?: string }): { label?: string } {
  return label === undefined ? {} : { label };
}

/** A person is asked once for a value, not once per item. */
function plain(given: unknown, example: string): OutPort {
  if (!(given instanceof OutPort)) {
    throw new GraphError("unknown-port", `A person's step is about an output of a node: ${example}.`);
  }
  if (given.depth === 0) return given;
  throw new GraphError(
    "wrong-type",
    `'${given.node.name}.${given.name}' is scattered, and a person is asked once: gather it first, with .all().`,
    { node: given.node.name, port: given.name },
  );
}
