/**
 * Says the true totals of a test run from its JSON report, as `N passed, N failed` (and `, N skipped`); fails when a test
 * failed or none ran. A file that could not even be read counts as one failed test: it hides those it holds.
 */
import { readFileSync } from "node:fs";

const report = read(process.argv[2]);
const unread = report.testResults.filter(
  ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
);
const passed = report.numPassedTests;
const failed = report.numFailedTests + unread.length;
const skipped = report.numPendingTests + report.numTodoTests;
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function read(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return { testResults: [], numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  }
}
