/** A lane: a limit on how many runs go at once, in the whole process (R9). */

/**
 * A limit on how many runs go at once, for all nodes, sheets and users of the process.
 *
 * @example
 * const gpu = new Lane(1, "the GPU");
 * const draw = new FnNode(drawn, { lane: gpu, inputs: { prompt: ui.textbox() }, outputs: { image: ui.image() } });
 */
export class Lane {
  readonly limit: number;
  readonly name: string;

  /** @throws RangeError when `limit` is not a positive integer */
  constructor(limit: number, name = "lane") {
    if (!Number.isInteger(limit) || limit < 1) {
      throw new RangeError(`A lane's limit is a whole number from 1 on, e.g. new Lane(4), and this was ${limit}.`);
    }
    this.limit = limit;
    this.name = name;
  }
}
