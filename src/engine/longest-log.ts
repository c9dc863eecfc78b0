/** Longest log that a run keeps, in lines: said here once, for a thread that stops sending there imports nothing else of the engine. */
export const longestLog = 1000;
