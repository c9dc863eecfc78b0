/** What a file is, by its first bytes and by its name. */
import { fileTypeFromBuffer } from "file-type";
import mime from "mime";

/** The media type that the bytes themselves tell. */
export async function sniffed(bytes: Uint8Array): Promise<string | undefined> {
  return (await fileTypeFromBuffer(bytes))?.mime;
}

export function typeOfName(name: string): string | undefined {
  return mime.getType(name) ?? undefined;
}

/** The usual ending of a media type, without the dot. */
export function endingOfType(type: string): string | undefined {
  return mime.getExtension(type) ?? undefined;
}
