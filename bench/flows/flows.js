/** The same graphs of asynchronous functions, in two workflow engines, each in its own best idiom. A graph is rows of functions; each function reads two of the row above. */
import { Annotation, END, START, StateGraph } from "@langchain/langgraph";
import { createStep, createWorkflow } from "@mastra/core/workflows";
import { z } from "zod";

/** A state graph: one channel per node. */
export function langGraph({ rows, width, call }) {
  const name = (row, i) => `n${row}_${i}`;
  const channels = { start: Annotation() };
  for (let row = 0; row < rows; row++) for (let i = 0; i < width; i++) channels[name(row, i)] = Annotation();
  const graph = new StateGraph(Annotation.Root(channels));
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < width; i++) {
      const from = row === 0 ? ["start", "start"] : [name(row - 1, i), name(row - 1, (i + 1) % width)];
      graph.addNode(`do_${name(row, i)}`, async (state) => ({
        [name(row, i)]: await call(state[from[0]], state[from[1]]),
      }));
      if (row === 0) graph.addEdge(START, `do_${name(row, i)}`);
      else
        graph.addEdge(
          [...new Set(from)].map((one) => `do_${one}`),
          `do_${name(row, i)}`,
        );
      if (row === rows - 1) graph.addEdge(`do_${name(row, i)}`, END);
    }
  const app = graph.compile();
  return async (value) => {
    const state = await app.invoke({ start: value }, { recursionLimit: rows + 10 });
    return state[name(rows - 1, 0)];
  };
}

/** A workflow: a row after the other, the steps of a row in parallel. */
export function mastra({ rows, width, call }) {
  const any = z.any();
  const name = (row, i) => `n${row}_${i}`;
  let workflow = createWorkflow({ id: "rows", inputSchema: any, outputSchema: any });
  for (let row = 0; row < rows; row++) {
    const read = (input, i) => (row === 0 || width === 1 ? input : input[name(row - 1, i % width)]);
    const steps = Array.from({ length: width }, (_, i) =>
      createStep({
        id: name(row, i),
        inputSchema: any,
        outputSchema: any,
        execute: ({ inputData }) => call(read(inputData, i), read(inputData, i + 1)),
      }),
    );
    workflow = width === 1 ? workflow.then(steps[0]) : workflow.parallel(steps);
  }
  workflow.commit();
  return async (value) => {
    const run = await workflow.createRun();
    const { status, result } = await run.start({ inputData: value });
    if (status !== "success") throw new Error(`The workflow ended as ${status}.`);
    return width === 1 ? result : result[name(rows - 1, 0)];
  };
}
