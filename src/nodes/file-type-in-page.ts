/** What a file is, in a page: what is shown there most, by its first bytes, and the rest by its name. Stands in for `file-type.ts`, whose tables weigh more than the engine. */

const known: readonly (readonly [type: string, ending: string, start: readonly number[]])[] = [
  ["image/png", "png", [0x89, 0x50, 0x4e, 0x47]],
  ["image/jpeg", "jpg", [0xff, 0xd8, 0xff]],
  ["image/gif", "gif", [0x47, 0x49, 0x46, 0x38]],
  ["application/pdf", "pdf", [0x25, 0x50, 0x44, 0x46]],
  ["text/plain", "txt", []],
  ["application/json", "json", []],
  ["text/csv", "csv", []],
];

/** The media type that the bytes themselves tell. */
export async function sniffed(bytes: Uint8Array): Promise<string | undefined> {
  const tells = (start: readonly number[]) => start.length > 0 && start.every((byte, i) => bytes[i] === byte);
  return known.find(([, , start]) => tells(start))?.[0];
}

export function typeOfName(name: string): string | undefined {
  return known.find(([, ending]) => name.toLowerCase().endsWith(`.${ending}`))?.[0];
}

/** The usual ending of a media type, without the dot. */
export function endingOfType(type: string): string | undefined {
  return known.find(([one]) => one === type)?.[1];
}
