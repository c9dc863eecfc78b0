/** One process per data folder; many users in one process. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { FnNode, Graph, ui } from "../../src/index.ts";
import { realDisk } from "../../src/persist/disk.ts";
import { FolderInUseError, lockFolder } from "../../src/persist/lock.ts";
import { shownOn } from "../support/persist-lives.ts";

let dataDir = "";
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "millrace-lock-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test("a second process is told who holds the folder and how to choose another", async () => {
  const lock = await lockFolder(realDisk, dataDir);
  const other = lockFolder(realDisk, dataDir);
  await expect(other).rejects.toThrow(FolderInUseError);
  await expect(other).rejects.toThrow(new RegExp(`process ${process.pid} .*--data-dir`));
  await lock.release();
  const next = await lockFolder(realDisk, dataDir);
  expect(next.stale).toBe(false);
  await next.release();
});

test("the lock of a process that is no more is taken over at once, by one alone", async () => {
  const lock = await lockFolder(realDisk, dataDir);
  const holder = JSON.parse(await readFile(join(dataDir, "lock"), "utf8"));
  await lock.release();
  const dead = spawn(process.execPath, ["-e", ""]);
  await new Promise((resolve) => dead.on("close", resolve));
  await writeFile(join(dataDir, "lock"), JSON.stringify({ ...holder, pid: dead.pid, token: "gone" }));
  const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockFolder(realDisk, dataDir)));
  const held = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  expect(held).toHaveLength(1);
  expect(held[0]!.stale).toBe(true);
  await held[0]!.release();
});

test("the number of a process that was given again is no sign of life", async () => {
  const lock = await lockFolder(realDisk, dataDir);
  const holder = JSON.parse(await readFile(join(dataDir, "lock"), "utf8"));
  await lock.release();
  if (holder.began === "") return;
  await writeFile(join(dataDir, "lock"), JSON.stringify({ ...holder, began: "1", token: "gone" }));
  const next = await lockFolder(realDisk, dataDir);
  expect(next.stale).toBe(true);
  await next.release();
});

test("the lock of another machine is taken over when nobody touches it, and left when somebody does", async () => {
  const holder = { pid: 1, began: "", machine: "elsewhere", token: "theirs", host: "elsewhere", since: "yesterday" };
  await writeFile(join(dataDir, "lock"), JSON.stringify(holder));
  let waits = 0;
  const alive = lockFolder(realDisk, dataDir, {
    wait: async () => {
      if (++waits === 3) await realDisk.touch(join(dataDir, "lock"));
    },
  });
  await expect(alive).rejects.toThrow("process 1 on elsewhere, since yesterday");
  const lock = await lockFolder(realDisk, dataDir, { wait: async () => undefined });
  expect(lock.stale).toBe(true);
  await lock.release();
});

test("twenty users' sheets at once: nothing crosses over", async () => {
  const make = () => {
    const shout = new FnNode(({ text }: { text: string }) => text.toUpperCase(), {
      name: "Shout",
      inputs: { text: ui.textbox({ value: "" }) },
      outputs: { loud: ui.textbox() },
    });
    return { shout, graph: new Graph({ name: "Users", nodes: [shout] }) };
  };
  const { graph, shout } = make();
  const users = Array.from({ length: 20 }, (_, i) => `user${i}`);
  const shown = await Promise.all(
    users.map(async (user) => {
      const sheets = await graph.sheets({ dataDir, user });
      const sheet = await sheets.create({ name: `of ${user}` });
      for (let i = 0; i < 20; i++) {
        sheet.set(shout.inputs.text, `${user} ${i}`);
        if (i % 5 === 0) await sheet.saved();
      }
      const now = shownOn(sheet);
      await sheets.close();
      return now;
    }),
  );
  const again = make();
  for (const [i, user] of users.entries()) {
    const sheets = await again.graph.sheets({ dataDir, user });
    const entries = await sheets.list();
    expect(entries.map(({ name }) => name)).toEqual([`of ${user}`]);
    const sheet = await sheets.open(entries[0]!.id);
    expect(shownOn(sheet)).toEqual(shown[i]);
    expect(
      sheet.history(again.shout).every(({ inputs }) => inputs.text === "" || inputs.text.startsWith(`${user} `)),
    ).toBe(true);
    await sheets.close();
  }
});
