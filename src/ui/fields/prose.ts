/** Markdown and HTML from elsewhere, made harmless: no script, no form, nothing that acts; links open apart. */
import DOMPurify from "dompurify";
import { css } from "lit";
import { marked } from "marked";

const purify = DOMPurify(window);
purify.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName === "A") {
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer nofollow");
  }
});
const acting = ["form", "input", "button", "textarea", "select", "dialog"];

/** Markdown as HTML for our own page: it may not even style itself. */
export function prose(markdown: string): string {
  return purify.sanitize(marked.parse(markdown, { async: false, gfm: true }), {
    USE_PROFILES: { html: true },
    FORBID_TAGS: ["style", ...acting],
    FORBID_ATTR: ["style", "class", "id", "name"],
  });
}

/** HTML for a frame without any rights: there it may look as it likes. */
export function framed(given: string): string {
  return purify.sanitize(given, {
    USE_PROFILES: { html: true, svg: true },
    ADD_TAGS: ["style"],
    FORBID_TAGS: acting,
    FORCE_BODY: true,
  });
}

export const proseStyles = css`
  .prose { white-space: normal; }
  .prose :is(p, li, h1, h2, h3, h4, td, th) { unicode-bidi: plaintext; }
  .prose :is(h1, h2, h3, h4) { margin: 10px 0 4px; font-size: 14px; line-height: 1.35; }
  .prose h1 { font-size: 16px; }
  .prose :is(p, ul, ol, pre, blockquote, table) { margin: 6px 0; }
  .prose :is(ul, ol) { padding-left: 20px; }
  .prose > :first-child { margin-top: 0; }
  .prose > :last-child { margin-bottom: 0; }
  .prose a { color: var(--mr-accent); }
  .prose img { max-width: 100%; border-radius: 8px; }
  .prose code { color: var(--mr-ink-2); font: 400 12px var(--mr-mono); background: var(--mr-inner); border-radius: 4px; padding: 1px 4px; }
  .prose pre { background: var(--mr-field); border: 1px solid var(--mr-line); border-radius: 8px; padding: 8px 10px; overflow: auto; }
  .prose pre code { background: none; padding: 0; }
  .prose blockquote { margin-left: 0; padding-left: 10px; border-left: 3px solid var(--mr-line); color: var(--mr-ink-2); }
  .prose table { border-collapse: collapse; } .prose :is(td, th) { border: 1px solid var(--mr-line); padding: 2px 6px; }
`;
