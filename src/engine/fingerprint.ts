/**
 * What a run depends on, as a digest: sha256 over a canonical encoding of a node's definition and its inputs. Two values
 * have one print when `equal` calls them equal, and never otherwise; only `equal` gives up on what is past its budget,
 * and a print does not. An object becomes the digest of what it holds, so what is shared is read once, and what lies
 * deep costs no stack. What is compared by identity is known by a number that holds in this process alone.
 */
import { ByteStack } from "./byte-stack.ts";
import { numberOf } from "./identity.ts";
import { hexOf } from "./sha256.ts";
import { fieldsOf, type Parts, partsOf, tag } from "./value-parts.ts";

/** The fingerprint of a run: 64 hexadecimal digits, the same for the same definition and equal inputs in whatever order. */
export function fingerprintOf(definition: string, inputs: Readonly<Record<string, unknown>>): string {
  return new Print().of(definition, inputs);
}

/** An object being written. */
interface Open extends Parts {
  readonly object: object;
  readonly start: number;
  next: number;
  /** True when something within is a way back to an object around it or to itself. */
  circular: boolean;
}

/** How often an object that lies in a circle is written again for another way that leads to it; past it, by identity. */
const mostAgain = 10_000;

class Print {
  readonly #out = new ByteStack();
  readonly #open: Open[] = [];
  readonly #depths = new Map<object, number>();
  /** The objects met: the digest of one without circles holds wherever it is met. */
  readonly #met = new Map<object, Uint8Array | undefined>();
  #again = mostAgain;

  of(definition: string, inputs: Readonly<Record<string, unknown>>): string {
    this.#out.byte(tag.run);
    this.#out.text(definition);
    this.#enter(inputs, { tag: tag.record, of: "", held: fieldsOf(inputs) });
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      if (top.next < top.held.length) this.#write(top.held[top.next++]);
      else this.#leave(top);
    }
    return hexOf(this.#out.taken(0));
  }

  #write(value: unknown): void {
    const out = this.#out;
    switch (typeof value) {
      case "string":
        out.byte(tag.text);
        return out.text(value);
      case "number":
        if (Number.isNaN(value)) return out.byte(tag.notANumber);
        out.byte(tag.number);
        return out.number(value);
      case "boolean":
        return out.byte(value ? tag.true : tag.false);
      case "undefined":
        return out.byte(tag.undefined);
      case "bigint":
        out.byte(tag.bigint);
        return out.text(value.toString(16));
      case "symbol":
        return this.#symbol(value);
      case "function":
        return this.#identity(value);
      default:
        return value === null ? out.byte(tag.null) : this.#object(value as object);
    }
  }

  #symbol(symbol: symbol): void {
    const key = Symbol.keyFor(symbol);
    if (key === undefined) return this.#identity(symbol);
    this.#out.byte(tag.symbol);
    this.#out.text(key);
  }

  #identity(one: object | symbol): void {
    this.#out.byte(tag.identity);
    this.#out.text(thisProcess);
    this.#out.number(numberOf(one));
  }

  #object(object: object): void {
    const known = this.#met.get(object);
    if (known !== undefined) return this.#digest(known);
    const depth = this.#depths.get(object);
    if (depth !== undefined) return this.#circle(this.#open.length - depth);
    if (this.#met.has(object) && --this.#again < 0) return this.#identity(object);
    const parts = partsOf(object);
    if (parts === undefined) return this.#identity(object);
    this.#enter(object, parts);
  }

  #digest(digest: Uint8Array): void {
    this.#out.byte(tag.digest);
    this.#out.bytes(digest);
  }

  /** A way back, told by the number of steps up, so that it reads the same wherever the circle lies. */
  #circle(up: number): void {
    this.#out.byte(tag.circle);
    this.#out.number(up);
    const around = this.#open.at(-1);
    if (around !== undefined) around.circular = true;
  }

  #enter(object: object, { tag, of, held }: Parts): void {
    const start = this.#out.length;
    this.#met.set(object, undefined);
    this.#depths.set(object, this.#open.length);
    this.#open.push({ object, start, next: 0, circular: false, tag, of, held });
    this.#out.byte(tag);
    this.#out.text(of);
    this.#out.number(held.length);
  }

  #leave({ object, start, circular }: Open): void {
    const digest = this.#out.taken(start);
    this.#open.pop();
    this.#depths.delete(object);
    if (!circular) this.#met.set(object, digest);
    const around = this.#open.at(-1);
    if (circular && around !== undefined) around.circular = true;
    this.#digest(digest);
  }
}

/** Drawn once: a number given in another process is another number. */
const thisProcess = hexOf(crypto.getRandomValues(new Uint8Array(16)));
