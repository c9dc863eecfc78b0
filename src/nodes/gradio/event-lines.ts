/** Server-sent events out of the bytes of an answer, however they are cut. Only `data` is read; one event may hold so many characters and no more. */

/** The data of each event. @throws RangeError for an event that is longer than `limit` characters */
export async function* eventData(body: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let held = "";
  let data: string[] = [];
  let size = 0;
  for await (const bytes of body) {
    const text = decoder.decode(bytes, { stream: true });
    // What was held has no line end in it, so that only what is new is searched.
    let from = held.length;
    held += text;
    let start = 0;
    for (;;) {
      const end = held.indexOf("\n", from);
      if (end < 0) break;
      const line = held.slice(start, held[end - 1] === "\r" ? end - 1 : end);
      start = from = end + 1;
      if (line.startsWith("data:")) {
        data.push(line.slice(line[5] === " " ? 6 : 5));
        size += line.length;
      } else if (line === "" && data.length > 0) {
        yield data.join("\n");
        data = [];
        size = 0;
      }
    }
    held = held.slice(start);
    if (size + held.length > limit) throw new RangeError(`It sent an event of more than ${limit} characters`);
  }
}
