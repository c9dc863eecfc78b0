/**
 * The graph as a function for programs elsewhere: what it takes and gives, and a call of it. A call has a sheet of its own,
 * which nobody sees, and ends with the one who asked: a program that goes away cancels it. Lanes are those of the process (R9).
 */
import express, { type Request, type Response } from "express";
import { callGraph } from "../engine/call.ts";
import { type Failure, FailureError } from "../engine/failure.ts";
import type { Graph } from "../engine/graph.ts";
import { type Signature, signatureOutside } from "../engine/signature.ts";
import type { FailureView, Json } from "../protocol.ts";
import type { Route } from "./app.ts";
import { onlyJson, untilGone } from "./asked.ts";
import { given } from "./body.ts";
import { callSchema } from "./call-schema.ts";
import { statusOf } from "./failure-status.ts";
import type { Files } from "./files.ts";
import { Refused } from "./refusal.ts";
import { inWhole } from "./value.ts";
import { failureView } from "./words.ts";

/** Bytes of the inputs of a call; what is larger is uploaded. */
const largest = 1024 * 1024;

export function callRoutes(graph: Graph, files: Files): readonly Route[] {
  let known: Signature | undefined;
  const signature = () => {
    known ??= signatureOutside(graph);
    return known;
  };
  return [
    {
      method: "get",
      path: "/api/schema",
      answers: [
        (_req: Request, res: Response) => {
          const { schema, stored } = callSchema(graph, signature());
          for (const one of stored) files.add(one);
          res.json(schema);
        },
      ],
    },
    {
      method: "post",
      path: "/api/call",
      answers: [
        onlyJson("The inputs of a call are"),
        express.json({ limit: largest, strict: false }),
        (req: Request, res: Response) => answerCall(graph, signature(), files, req, res),
      ],
    },
  ];
}

async function answerCall(
  graph: Graph,
  signature: Signature,
  files: Files,
  { body = {} }: Request,
  res: Response,
): Promise<void> {
  const gone = untilGone(res);
  try {
    const outputs = await callGraph(graph, read(files, body), { signal: gone }, signature);
    res.json({ ok: true, outputs: written(files, outputs) });
  } catch (error) {
    // Nobody is there to hear what became of it.
    if (gone.aborted) return;
    if (!(error instanceof FailureError)) throw error;
    answerFailure(res, error);
  }
}

/** The inputs with files in the place of their references; what names nothing is left for the call to refuse. */
function read(files: Files, body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body as never;
  const values = Object.entries(body).map(([name, value]) => [name, given(files, { kind: "holding", value })]);
  return Object.fromEntries(values);
}

function written(files: Files, outputs: Readonly<Record<string, unknown>>): { readonly [name: string]: Json } {
  const entries = Object.entries(outputs).map(([name, value]): [string, Json] => {
    const whole = inWhole(value);
    if (!whole) {
      const advice = "let it be a file, which is fetched by itself";
      throw new Refused(500, "too-large", `The output '${name}' is too long to be answered as JSON: ${advice}.`);
    }
    for (const one of whole.stored) files.add(one);
    return [name, whole.json];
  });
  return Object.fromEntries(entries);
}

/** Of a failure that only blames another, the program is told what went wrong first, and where. */
function answerFailure(res: Response, { failure: last, cause }: FailureError): void {
  const first: Failure = cause instanceof FailureError ? cause.failure : last;
  const failure: FailureView = { ...failureView(first), ...(last.reason === "upstream" && { root: last.root }) };
  if (first.reason === "quota" && first.retryAfter !== undefined)
    res.set("retry-after", String(Math.ceil(first.retryAfter / 1000)));
  res.status(statusOf(first)).json({ ok: false, failure });
}
