/** What a card says of its node, in words: why it is stale, what went wrong, what a run did to everybody else. Pure. */
import { shapeOf } from "../engine/component.ts";
import type { Failure } from "../engine/failure.ts";
import { type AnyPort, inWords } from "../engine/port.ts";
import type { Cause } from "../engine/signal.ts";
import type { FailureView } from "../protocol.ts";

const longestMessage = 500;

/** Why something is stale, to be read after "since": `Strength changed`. `pinned` says what is so at the port now. */
export function becauseWords(
  cause: Cause,
  { ranBefore, pinned = false }: { readonly ranBefore: boolean; readonly pinned?: boolean },
): string {
  const label = cause.port ? labelOf(cause.port) : "an input";
  switch (cause.change) {
    case "set":
      return `${label} changed`;
    case "pin":
      return pinned ? `${label} was pinned` : `the pin was lifted from ${label}`;
    case "connect":
      return "its wiring changed";
    case "choose":
      return cause.port ? `another variant of ${cause.port.node.name} was chosen` : "another variant was chosen";
    case "select":
      return cause.port ? `${label} was taken from an older run` : "an older run was chosen";
    case "failed":
      return "a step above failed";
    case "definition":
      return ranBefore ? "a run was stopped" : "it has not run yet";
    default:
      return cause.change satisfies never;
  }
}

/** A port as people know it: its component's label, else its name in words. */
export function labelOf(port: Pick<AnyPort<unknown>, "name" | "component">): string {
  return (port.component && shapeOf(port.component).label) || inWords(port.name);
}

export function failureView(failure: Failure): FailureView {
  return {
    reason: failure.reason,
    message: withoutPlaces(failure.message),
    advice: withoutPlaces(adviceFor(failure)),
    ...(failure.reason === "upstream" && { root: failure.root }),
    ...(failure.reason === "item-failed" && { items: failure.items.size }),
  };
}

/** Of failed items, what became of the first helps more than that there are some. */
function adviceFor(failure: Failure): string {
  const [first] = failure.reason === "item-failed" ? failure.items.values() : [];
  return first ? `${first.message} ${first.advice}` : failure.advice;
}

/** Said of a synchronous run that kept everybody waiting. */
export function blockedWords(ms: number): string {
  const time = ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
  return `This run blocked the whole process for ${time}: nothing else could happen meanwhile. Make the function async, or move the work to a worker.`;
}

/** An error's own words, without lines of a stack and with folders of this machine left out: `/home/me/app/cat.png` reads `…/cat.png`. */
function withoutPlaces(message: string): string {
  const words = message
    .slice(0, 20 * longestMessage)
    .split("\n")
    .filter((line) => !/^\s+at .*[:)]/.test(line))
    .join("\n")
    .replace(/(?:file:\/\/|(?<![\w:/.\\]))(?:[A-Za-z]:)?(?:[\\/][^\s\\/'"`()<>:]+)+[\\/]([^\s\\/'"`()<>:]+)/g, "…/$1");
  return words.length > longestMessage ? `${words.slice(0, longestMessage)}…` : words;
}
