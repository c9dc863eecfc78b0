/** Components whose values are files, alone or in a list. What a file is, its content says first: so a picture that is called `clip.mp4` stays a picture. */
import type { Component, ComponentKind } from "../engine/component.ts";
import { isA } from "../engine/is-a.ts";
import { badComponent, type ComponentOptions, type MediaOptions, made } from "./component-options.ts";
import { exampleGltf, examplePicture, exampleSound, exampleVideo } from "./example-files.ts";
import { FileRef, fileInCode } from "./file-ref.ts";

/** One picture of `ui.gallery`. */
export interface GalleryItem {
  file: FileRef;
  caption?: string;
}

/** Where the files of a value are: the value is one, or it is a list of rows that have one in these fields. */
export const filesIn: { readonly [K in ComponentKind]?: "value" | readonly string[] } = {
  image: "value",
  audio: "value",
  video: "value",
  file: "value",
  model3d: "value",
  gallery: ["file"],
};

/** The types that make a file what a component takes. A recording in a container that could also hold pictures is sound too: nothing in its first bytes tells. */
export const mediaTypes = {
  image: /^image\//,
  audio: /^audio\/|^(video|application)\/(webm|ogg|mp4)$/,
  video: /^video\/|^application\/(ogg|mp4)$/,
  model3d: /^model\//,
} as const;

/** Models are also known by their names, for the bytes of most say nothing. */
export const modelEndings: readonly string[] = [".glb", ".gltf", ".obj", ".stl", ".ply", ".splat"];

/** What kind of file a component takes: in words (`an image file`), and how it is known. */
interface Wanted {
  readonly kind: ComponentKind;
  readonly words: string;
  readonly fits: (file: FileRef) => boolean;
  readonly example: () => Promise<FileRef>;
  readonly shown?: readonly string[];
}

/** An image: upload, paste or webcam. @example ui.image({ label: "Photo", value: await FileRef.fromPath("photo.jpg") }) */
export function image(
  options: MediaOptions<FileRef> & { sources?: readonly ("upload" | "webcam" | "clipboard")[] } = {},
): Component<FileRef> {
  return oneFile(options, {
    kind: "image",
    words: "an image file",
    fits: isPicture,
    example: examplePicture,
    shown: ["sources"],
  });
}

/** Sound: upload or microphone, with a player. @example ui.audio({ label: "Voice" }) */
export function audio(
  options: MediaOptions<FileRef> & { sources?: readonly ("upload" | "microphone")[] } = {},
): Component<FileRef> {
  return oneFile(options, {
    kind: "audio",
    words: "an audio file",
    fits: isSound,
    example: exampleSound,
    shown: ["sources"],
  });
}

/** A video with a player. @example ui.video({ label: "Clip" }) */
export function video(options: MediaOptions<FileRef> = {}): Component<FileRef> {
  return oneFile(options, { kind: "video", words: "a video file", fits: isVideo, example: exampleVideo });
}

/** A 3D model: glb, gltf, obj, stl, ply or splat. @example ui.model3d({ label: "Statue" }) */
export function model3d(options: MediaOptions<FileRef> = {}): Component<FileRef> {
  return oneFile(options, { kind: "model3d", words: "a 3D model file", fits: isModel, example: exampleGltf });
}

/** Any file; `accept` lists extensions (`".pdf"`) or media types. @example ui.file({ label: "Paper", accept: [".pdf", "text/*"] }) */
export function file(options: MediaOptions<FileRef> & { accept?: readonly string[] } = {}): Component<FileRef> {
  const { accept } = options;
  const known = (entry: unknown) => typeof entry === "string" && /^(\.[^./\s]+|[\w.+-]+\/([\w.+-]+|\*))$/.test(entry);
  if (accept !== undefined && !(Array.isArray(accept) && accept.length > 0 && accept.every(known))) {
    throw badComponent('ui.file: accept lists extensions and media types: ui.file({ accept: [".pdf", "image/*"] }).');
  }
  const fits = (given: FileRef) => accept?.some((entry) => accepts(entry, given)) ?? true;
  const example = () => FileRef.fromBytes(new TextEncoder().encode("Some text\n"), { name: "example.txt" });
  if (accept === undefined) return oneFile(options, { kind: "file", words: "a file", fits, example });
  // What is tried must itself be accepted, and nobody knows the bytes of every format.
  const named = () => FileRef.fromBytes(new TextEncoder().encode("Some text\n"), exampleOf(accept[0] ?? ""));
  return oneFile(options, {
    kind: "file",
    words: `a ${accept.join(", ")} file`,
    fits,
    example: named,
    shown: ["accept"],
  });
}

/** Many images or videos with captions. @example ui.gallery({ label: "Drafts", columns: 3 }) */
export function gallery(
  options: ComponentOptions<GalleryItem[]> & { columns?: number } = {},
): Component<GalleryItem[]> {
  const { columns } = options;
  if (columns !== undefined && !(Number.isInteger(columns) && columns > 0)) {
    throw badComponent("ui.gallery: columns must be a whole number above 0.");
  }
  return made("gallery", options, {
    shown: ["columns"],
    example: async () => [{ file: await examplePicture(), caption: "An example" }],
    refuses: (value) => {
      if (!Array.isArray(value)) return `a list of { file, caption }, each file an image or a video (${fileInCode})`;
      const wrong = value.findIndex((item) => !isGalleryItem(item));
      return wrong < 0
        ? undefined
        : `a list of { file, caption }, each file an image or a video (${fileInCode}), which number ${wrong + 1} is not`;
    },
  });
}

function oneFile(options: MediaOptions<FileRef>, wanted: Wanted): Component<FileRef> {
  const { maxSize } = options;
  const { kind, words, fits, example, shown = [] } = wanted;
  if (maxSize !== undefined && !(maxSize > 0)) throw badComponent(`ui.${kind}: maxSize must be above 0.`);
  return made(kind, options, {
    shown: ["maxSize", ...shown],
    example,
    refuses: (value) => {
      if (!isA(value, FileRef)) return `${words} (${fileInCode})`;
      if (!fits(value)) return words;
      return maxSize !== undefined && value.size > maxSize ? `${words} of at most ${maxSize} bytes` : undefined;
    },
  });
}

function isGalleryItem(item: unknown): boolean {
  if (typeof item !== "object" || item === null || Array.isArray(item)) return false;
  const { file, caption } = item as Partial<GalleryItem>;
  return (
    isA(file, FileRef) && (isPicture(file) || isVideo(file)) && (caption === undefined || typeof caption === "string")
  );
}

function isPicture({ type }: FileRef): boolean {
  return mediaTypes.image.test(type);
}

function isSound({ type }: FileRef): boolean {
  return mediaTypes.audio.test(type);
}

function isVideo({ type }: FileRef): boolean {
  return mediaTypes.video.test(type);
}

function isModel({ type, name }: FileRef): boolean {
  return mediaTypes.model3d.test(type) || modelEndings.some((ending) => name.toLowerCase().endsWith(ending));
}

function accepts(entry: string, { name, type }: FileRef): boolean {
  if (entry.startsWith(".")) return name.toLowerCase().endsWith(entry.toLowerCase());
  return entry.endsWith("/*") ? type.startsWith(entry.slice(0, -1)) : type === entry;
}

function exampleOf(entry: string): { name: string; type?: string } {
  if (entry.startsWith(".")) return { name: `example${entry}` };
  return { name: "example", type: entry.replace("*", "example") };
}
