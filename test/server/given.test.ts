/** Values that a browser sends: JSON, a file, or JSON that holds files as they were shown. */
import { expect, it } from "vitest";
import { FileRef } from "../../src/index.ts";
import { given } from "../../src/server/body.ts";
import { Files } from "../../src/server/files.ts";
import { fileView } from "../../src/server/value.ts";

const file = await FileRef.fromBytes(new TextEncoder().encode("grist"), { name: "grist.txt" });
const files = new Files();
files.add(file);
const view = { ...fileView(file) };

it("a file's view stands for the file wherever it is held, and nowhere else", () => {
  const held = given(files, { kind: "holding", value: { all: [{ file: view, caption: "A" }], text: "a", none: null } });
  expect(held).toEqual({ all: [{ file, caption: "A" }], text: "a", none: null });
  expect(given(files, { kind: "json", value: view })).toEqual(view);
  expect(given(files, { kind: "file", id: file.id })).toBe(file);
});

it("what only looks like a file stays what it is, and a file that is gone is said to be", () => {
  const other = { ...view, url: "https://elsewhere.example/grist.txt" };
  expect(given(files, { kind: "holding", value: [other] })).toEqual([other]);
  const id = "0".repeat(64);
  expect(() => given(files, { kind: "holding", value: { ...view, id, url: `files/${id}` } })).toThrow(
    /upload it again/,
  );
  expect(() => given(files, { kind: "holding" })).toThrow(/holding/);
});
