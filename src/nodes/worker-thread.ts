/**
 * What the pool loads in a thread. It awaits, so it can only be imported: piscina tries `require` first, and a loader of
 * TypeScript would then make a second copy of all that lies below, whose `FileRef` nobody else would know.
 */
const { perform } = await import("./worker-call.ts");

export { perform };
