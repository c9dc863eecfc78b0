/**
 * The door of the library in a page: graphs, nodes of functions and of people, components and sheets, without a server. Nodes
 * that call out, threads and files on disk need Node, and are not here. Whatever bundles `millrace` for a page finds this file
 * by itself; what reads a function's source and sniffs a file's type is left out there (`browser` in package.json).
 */
export type { Component, ComponentKind } from "./engine/component.ts";
export type { Edge } from "./engine/edge.ts";
export { type Failure, FailureError } from "./engine/failure.ts";
export { Graph } from "./engine/graph.ts";
export { GraphError } from "./engine/graph-error.ts";
export type { GraphOptions } from "./engine/graph-options.ts";
export { Lane } from "./engine/lane.ts";
export type { MemoryBounds } from "./engine/memory.ts";
export type { AnyInputs, AnyOutputs, InteractionNode, Node } from "./engine/node.ts";
export type { NodeOptions } from "./engine/node-options.ts";
export type {
  AnyPort,
  Input,
  InputPort,
  NestedPort,
  OutputPort,
  Outputs,
  Port,
  ScatteredPort,
} from "./engine/port.ts";
export type { Outcome, Run, RunContext, RunFacts, RunId, RunOptions, SheetEvent } from "./engine/run.ts";
export type { Sheet, SheetOptions } from "./engine/sheet.ts";
export type { Cause, Progress, Signal } from "./engine/signal.ts";
export { ChoiceNode } from "./nodes/choice.ts";
export { type FileLike, FileRef } from "./nodes/file-ref.ts";
export { FnNode, type FnOptions, type Result } from "./nodes/fn.ts";
export { GraphNode } from "./nodes/graph-node.ts";
export { InputNode } from "./nodes/input.ts";
export { Approve, ChooseOne, ImageInput, TextInput } from "./nodes/interaction.ts";
export { ui } from "./nodes/ui.ts";
