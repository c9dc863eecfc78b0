/** Where the token is found, and the few places that may see it. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { hubAddress, hubFolder, mayHaveToken, savedToken, tokenHeader } from "../../src/nodes/remote-token.ts";

const home = mkdtempSync(join(tmpdir(), "millrace-token-"));
writeFileSync(join(home, "token"), "hf_saved\n");
writeFileSync(join(home, "other"), "hf_other");
afterAll(() => rmSync(home, { recursive: true }));

describe("the token", () => {
  test.each<[string, Record<string, string>, string | undefined]>([
    ["is HF_TOKEN", { HF_TOKEN: "hf_given", HF_HOME: home }, "hf_given"],
    ["is the older name's, where only that is set", { HUGGING_FACE_HUB_TOKEN: "hf_old", HF_HOME: home }, "hf_old"],
    ["is the saved file's, without its line end", { HF_HOME: home }, "hf_saved"],
    [
      "is that of the file which HF_TOKEN_PATH names",
      { HF_HOME: home, HF_TOKEN_PATH: join(home, "other") },
      "hf_other",
    ],
    ["is the saved file's when HF_TOKEN is blank", { HF_TOKEN: " ", HF_HOME: home }, "hf_saved"],
    ["is none where there is no file", { HF_HOME: join(home, "nowhere") }, undefined],
  ])("%s", (_, env, token) => {
    expect(savedToken(env)).toBe(token);
  });

  test.each<[string, boolean]>([
    ["https://huggingface.co/api/models/a/b", true],
    ["https://router.huggingface.co/v1/chat/completions", true],
    ["https://owner-name.hf.space/config", true],
    ["http://huggingface.co/api", false],
    ["http://owner-name.hf.space/config", false],
    ["https://hf.space.example.org/config", false],
    ["https://evilhf.space/config", false],
    ["https://huggingface.co.example.org/", false],
    ["https://cdn-lfs.huggingface.co/file", false],
    ["https://huggingface.co:8443/", false],
    ["https://somebody@huggingface.co/", false],
    ["http://127.0.0.1:7860/config", false],
    ["no address", false],
  ])("for %s: %s", (url, may) => {
    expect(mayHaveToken(url, {})).toBe(may);
    expect(tokenHeader(url, "hf_x", {})).toEqual(may ? { authorization: "Bearer hf_x" } : {});
  });

  test("goes to the Hub that HF_ENDPOINT names, unless others could read it on the way", () => {
    expect(mayHaveToken("https://hub.example.org/api", { HF_ENDPOINT: "https://hub.example.org/" })).toBe(true);
    expect(mayHaveToken("http://127.0.0.1:90/api", { HF_ENDPOINT: "http://127.0.0.1:90" })).toBe(true);
    expect(mayHaveToken("http://127.0.0.1:91/api", { HF_ENDPOINT: "http://127.0.0.1:90" })).toBe(false);
    expect(mayHaveToken("http://hub.example.org/api", { HF_ENDPOINT: "http://hub.example.org" })).toBe(false);
  });
});

test("the Hub and the folder of what it saves are those that the environment names", () => {
  expect(hubAddress({})).toBe("https://huggingface.co");
  expect(hubAddress({ HF_ENDPOINT: "https://hub.example.org/" })).toBe("https://hub.example.org");
  expect(hubFolder({ HF_HOME: "/data/hf" })).toBe("/data/hf");
  expect(hubFolder({ XDG_CACHE_HOME: "/cache" })).toBe("/cache/huggingface");
  expect(hubFolder({})).toMatch(/\.cache.huggingface$/);
});
