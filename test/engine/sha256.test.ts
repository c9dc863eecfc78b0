/** SHA-256 of ours beside published digests and another implementation. */
import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hexOf, Sha256 } from "../../src/engine/sha256.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const digest = (...pieces: readonly Uint8Array[]): string => {
  const sum = new Sha256();
  for (const piece of pieces) sum.update(piece);
  return hexOf(sum.digest());
};

describe("sha256", () => {
  test.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
    [
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    ],
    [
      "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1",
    ],
  ])("of %j is as published", (text, expected) => {
    expect(digest(bytes(text))).toBe(expected);
  });

  test("of a million letters is as published", () => {
    expect(digest(bytes("a".repeat(1_000_000)))).toBe(
      "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0",
    );
  });

  test("agrees with another implementation, in whatever pieces the bytes come", () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 });
    fc.assert(
      fc.property(pieces, (all) => {
        const other = createHash("sha256");
        for (const piece of all) other.update(piece);
        expect(digest(...all)).toBe(other.digest("hex"));
      }),
    );
  });
});
