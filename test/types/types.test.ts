import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";

/** The programs of this folder are compiled as a user's would be, against the library's own types. */
it("the public types take what is right and refuse what is wrong", async () => {
  const tsc = promisify(execFile)(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.types.json"]);
  const said = await tsc.then(
    () => "",
    (error: { stdout: string }) => error.stdout,
  );
  expect(said).toBe("");
});
