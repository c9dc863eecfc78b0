/** What a model gave, as values: a text, a file, labels with their scores, and beside it all that was told. Where a component shows such a thing in a form of its own, it gets that form. */
import type { ComponentKind } from "../../engine/component.ts";
import { FileRef } from "../file-ref.ts";
import type { Gives } from "./tasks.ts";

/** The returned values in order, and the first of them in the form of some components. */
export interface Answer {
  readonly returned: readonly unknown[];
  readonly shown?: { readonly [K in ComponentKind | "label" | "chatbot" | "audio" | "html"]?: unknown };
}

interface Scored {
  readonly label: string;
  readonly score: number;
}

/** The answer in what the client returned. */
export async function answerOf(gives: Gives, output: unknown): Promise<Answer> {
  const fields = Object(output) as Readonly<Record<string, unknown>>;
  switch (gives) {
    case "text":
      return { returned: [fields.generated_text ?? fields.translation_text ?? fields.summary_text, output] };
    case "transcript":
      return { returned: [fields.text, fields.chunks ?? []] };
    case "answer":
      return { returned: [fields.answer, output] };
    case "labels":
      return labelled(output as readonly Scored[]);
    case "entities":
    case "json":
      return { returned: [output] };
    case "masks":
      return { returned: [await Promise.all((output as readonly Mask[]).map(masked))] };
    case "sounds":
      return sounding(await Promise.all((output as readonly Sound[]).map(heard)));
    case "image":
    case "video":
    case "audio":
      return { returned: [await made(gives, output)] };
    default:
      return gives satisfies never;
  }
}

function labelled(scores: readonly Scored[]): Answer {
  const best = scores.toSorted((a, b) => b.score - a.score);
  const confidences = best.map(({ label, score }) => ({ label, confidence: score }));
  return {
    returned: [Object.fromEntries(best.map(({ label, score }) => [label, score])), best],
    shown: {
      label: { label: best[0]?.label ?? "", confidences },
      textbox: best[0]?.label ?? "",
    },
  };
}

interface Mask extends Scored {
  readonly mask: string;
}

async function masked({ label, score, mask }: Mask): Promise<unknown> {
  return { label, score, mask: await FileRef.fromBytes(Buffer.from(mask, "base64"), { name: label || "mask" }) };
}

interface Sound {
  readonly label: string;
  readonly "content-type": string;
  readonly blob: string;
}

async function heard({ label, blob, ...about }: Sound) {
  const file = await FileRef.fromBytes(Buffer.from(blob, "base64"), {
    name: label || "audio",
    type: about["content-type"],
  });
  return { label, file };
}

function sounding(sounds: readonly { label: string; file: FileRef }[]): Answer {
  return { returned: [sounds[0]?.file, sounds] };
}

/** An answer that is none, as the client's own are told. */
class WrongAnswer extends Error {
  override readonly name = "ProviderOutputError";
}

async function made(wanted: "image" | "video" | "audio", output: unknown): Promise<FileRef> {
  if (!(output instanceof Blob)) throw new WrongAnswer(`it is no ${wanted}`);
  const said = output.type.split(";")[0]?.trim() ?? "";
  // Behind a proxy a page may come with a friendly 200.
  if (/^text\/|[/+](json|xml)$/.test(said)) throw new WrongAnswer(`it is ${said}, and no ${wanted}`);
  if (output.size === 0) throw new WrongAnswer("it is empty");
  // Some servers say of every file that it is bytes: then the bytes themselves tell.
  return FileRef.fromBytes(output, { name: wanted, ...(said.startsWith(`${wanted}/`) && { type: said }) });
}
