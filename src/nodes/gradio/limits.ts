/** Answers of which no more is read than anybody can use. */

/** The same answer, which fails once it has given more bytes than allowed. */
export function capped(answer: Response, bytes: number): Response {
  const said = answer.headers.get("content-encoding") === null ? answer.headers.get("content-length") : null;
  if (answer.body === null || (said !== null && Number(said) <= bytes)) return answer;
  let left = bytes;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(part, to) {
      left -= part.byteLength;
      if (left < 0) to.error(new RangeError(`It is longer than ${bytes} bytes`));
      else to.enqueue(part);
    },
  });
  const { status, statusText, headers } = answer;
  // These have no body, and a Response made with one would throw.
  if (status === 204 || status === 205 || status === 304) return answer;
  return new Response(answer.body.pipeThrough(counting), { status, statusText, headers });
}
