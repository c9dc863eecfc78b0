/** A copy of a Space as it was at a revision, under the name of whoever is signed in: private, and theirs to keep. */
import { accessTo } from "./hub.ts";
import { hubFailure } from "./hub-failure.ts";
import type { Around, Met } from "./hub-fetch.ts";
import type { Change } from "./hub-revisions.ts";
import { refused } from "./remote-failure.ts";

/** Gives the id of the copy. @throws FailureError when nobody is signed in, or the Hub says no */
export async function duplicateSpace({ id, was }: Pick<Change, "id" | "was">, around: Around): Promise<string> {
  const met: Met = {};
  // Large files go to a store beside the Hub, under an address that the Hub signs: the client knows where the token may go.
  const { accessToken, hubUrl } = accessTo(around, met);
  if (accessToken === undefined) {
    const advice = "Sign in: set HF_TOKEN, or use `hf auth login`, with a token that may write.";
    throw refused(`${hubUrl}/spaces/${id}`, 401, `${id} cannot be duplicated by nobody`, advice);
  }
  const access = { accessToken, hubUrl, fetch: around.fetch };
  try {
    const { createRepo, downloadFile, listFiles, spaceInfo, uploadFiles, whoAmI } = await import("@huggingface/hub");
    const from = { type: "space", name: id } as const;
    const [{ name: owner }, { sdk }] = await Promise.all([whoAmI(access), spaceInfo({ name: id, ...access })]);
    const files: { path: string; content: Blob }[] = [];
    for await (const { path, type } of listFiles({ repo: from, revision: was, recursive: true, ...access })) {
      if (type !== "file") continue;
      const content = await downloadFile({ repo: from, path, revision: was, ...access });
      if (content) files.push({ path, content: new Blob([await content.arrayBuffer()]) });
    }
    const name = `${owner}/${id.split("/")[1]}-${was.slice(0, 7)}`;
    const repo = { type: "space", name } as const;
    await createRepo({ repo, visibility: "private", ...(sdk && { sdk }), ...access });
    await uploadFiles({ repo, files, commitTitle: `${id} as it was at ${was}`, ...access });
    return name;
  } catch (error) {
    const status = Number((error as { statusCode?: unknown }).statusCode);
    const known = { ...met, url: `${hubUrl}/spaces/${id}`, ...(status > 0 && { status }) };
    throw hubFailure(error, { id, kind: "Space", met: known, signedIn: true });
  }
}
