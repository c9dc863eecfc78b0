/** The door of the library: every public name, listed by hand. */
export type { Component, ComponentKind } from "./engine/component.ts";
export type { Edge } from "./engine/edge.ts";
export { type Failure, FailureError } from "./engine/failure.ts";
export { GraphError } from "./engine/graph-error.ts";
export type { GraphOptions } from "./engine/graph-options.ts";
export { Lane } from "./engine/lane.ts";
export type { MemoryBounds } from "./engine/memory.ts";
export type { AnyInputs, AnyOutputs, InteractionNode, Node } from "./engine/node.ts";
export type { NodeOptions } from "./engine/node-options.ts";
export type {
  AnyPort,
  DepthOf,
  Input,
  InputPort,
  InputValue,
  NestedPort,
  OutputPort,
  Outputs,
  Port,
  PortAt,
  ScatteredPort,
} from "./engine/port.ts";
export type { Outcome, Run, RunContext, RunFacts, RunId, RunOptions, SheetEvent } from "./engine/run.ts";
export type { Sheet, SheetOptions } from "./engine/sheet.ts";
export type { Cause, Progress, Signal } from "./engine/signal.ts";
export type { ChatMessage } from "./nodes/chat.ts";
export { ChoiceNode } from "./nodes/choice.ts";
export type {
  ChoiceOptions,
  ComponentOptions,
  MediaOptions,
  NumberOptions,
  TextOptions,
} from "./nodes/component-options.ts";
export type { DataframeValue, LabelValue } from "./nodes/data-components.ts";
export { type FileLike, FileRef } from "./nodes/file-ref.ts";
export type { GalleryItem } from "./nodes/files.ts";
export { FnNode, type FnOptions, type Result } from "./nodes/fn.ts";
export { GradioNode } from "./nodes/gradio.ts";
export { GraphNode } from "./nodes/graph-node.ts";
export { InferenceNode } from "./nodes/inference.ts";
export { InputNode } from "./nodes/input.ts";
export { Approve, ChooseOne, ImageInput, TextInput } from "./nodes/interaction.ts";
export type { Constant, RemoteInput, RemoteOptions } from "./nodes/remote-options.ts";
export { ui } from "./nodes/ui.ts";
export type { SheetEntry, Sheets } from "./persist/sheets.ts";
export { Graph } from "./server/graph.ts";
export type { LaunchOptions, Server } from "./server/launch.ts";
