/**
 * What lies upstream may change without a word, and then the same graph gives other values. The revision of every model and
 * Space that a graph calls is therefore remembered, and compared when it is launched. A change is never taken over silently:
 * either a person says so, or `MILLRACE_DEPENDENCY_CHECK` does.
 */

/** A model or a Space that a graph calls. */
export interface Upstream {
  readonly kind: "model" | "space";
  readonly id: string;
  /** The nodes that call it. */
  readonly nodes: readonly string[];
}

/** Revisions by what they are of: `models/owner/name`. */
export type Revisions = Readonly<Record<string, string>>;

/** Where revisions are kept. */
export interface RevisionStore {
  read(): Promise<Revisions>;
  write(revisions: Revisions): Promise<void>;
}

/** One that is not what it was. */
export interface Change extends Upstream {
  readonly was: string;
  readonly now: string;
}

/** How a comparison is gone about. */
export interface Comparing {
  readonly store: RevisionStore;
  /** The present revision; `undefined` where nobody can say. */
  readonly revisionOf: (upstream: Upstream) => Promise<string | undefined>;
  /** What `MILLRACE_DEPENDENCY_CHECK` says. */
  readonly wish: string | undefined;
  readonly say: (line: string) => void;
  /** Asks whoever sits there; left out where nobody does. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
  /** Makes a copy of a Space as it was, and gives the copy's id. */
  readonly duplicate: (change: Change) => Promise<string>;
}

const wishes = ["skip", "update", "error"];

/** @throws Error when something changed and `error` is wished for, or a person stops there */
export async function compareRevisions(upstreams: readonly Upstream[], comparing: Comparing): Promise<void> {
  const { store, wish, say, ask } = comparing;
  if (wish !== undefined && !wishes.includes(wish)) {
    say(
      `MILLRACE_DEPENDENCY_CHECK is "${wish}", and should be one of ${wishes.join(", ")}: it is taken for none of them.`,
    );
  }
  if (wish === "skip" || upstreams.length === 0) return;
  const kept = await store.read();
  const present = await presentOf(upstreams, comparing.revisionOf);
  const fresh = present.filter(({ upstream }) => kept[keyOf(upstream)] === undefined);
  const changes = present.flatMap(({ upstream, now }): Change[] => {
    const was = kept[keyOf(upstream)];
    return was === undefined || was === now ? [] : [{ ...upstream, was, now }];
  });
  let taken: readonly Change[] = [];
  if (changes.length > 0) {
    say(told(changes));
    if (wish === "error") throw new Error(`${told(changes)} MILLRACE_DEPENDENCY_CHECK=error stops the launch here.`);
    if (wish === "update") taken = changes;
    else if (ask) taken = await asked(changes, ask, comparing);
    else
      say(
        "They are used as they are now, and this is said again until MILLRACE_DEPENDENCY_CHECK=update accepts it (skip never looks, error stops).",
      );
    if (taken.length > 0) say(`Remembered as they are now: ${taken.map(({ id }) => id).join(", ")}.`);
  }
  const news = [
    ...fresh.map(({ upstream, now }) => [keyOf(upstream), now]),
    ...taken.map((one) => [keyOf(one), one.now]),
  ];
  if (news.length > 0) await store.write({ ...kept, ...Object.fromEntries(news) });
}

/** Each change is put to a person: go on with what is there, keep a copy of what was, or stop. */
async function asked(
  changes: readonly Change[],
  ask: (question: string) => Promise<string>,
  { duplicate, say }: Comparing,
): Promise<readonly Change[]> {
  const taken: Change[] = [];
  for (const change of changes) {
    const copies = change.kind === "space" ? ", d: duplicate it as it was, under your name" : "";
    const answer = (await ask(`${change.id}: a: accept${copies}, s: stop [s] `)).trim().toLowerCase();
    if (answer.startsWith("a")) taken.push(change);
    else if (answer.startsWith("d") && change.kind === "space") {
      const copy = await duplicate(change);
      say(
        `${copy} is ${change.id} as it was. Write "${copy}" in place of "${change.id}"; until then this is said again.`,
      );
    } else throw new Error(`${told([change])} The launch was stopped there.`);
  }
  return taken;
}

async function presentOf(upstreams: readonly Upstream[], revisionOf: Comparing["revisionOf"]) {
  const all = await Promise.all(upstreams.map(async (upstream) => ({ upstream, now: await revisionOf(upstream) })));
  return all.flatMap(({ upstream, now }) => (now === undefined ? [] : [{ upstream, now }]));
}

function told(changes: readonly Change[]): string {
  const one = ({ kind, id, nodes, was, now }: Change) =>
    `${kind === "space" ? "the Space" : "the model"} ${id} (${nodes.join(", ")}) was ${was.slice(0, 7)} and is ${now.slice(0, 7)}`;
  return `Upstream has changed: ${changes.map(one).join("; ")}.`;
}

function keyOf({ kind, id }: Upstream): string {
  return `${kind}s/${id}`;
}
