/** The declarations that users get: complete, and without a single `any`. */
import { join } from "node:path";
import ts from "typescript";
import { beforeAll, expect, it } from "vitest";
import { programOf, publishedDeclarations, root, strict } from "../support/compiler.ts";

const doors = ["dist/index.d.ts", "dist/testing.d.ts"];
let program: ts.Program;
let ours: readonly ts.SourceFile[];

beforeAll(() => {
  const { customConditions: _, ...options } = strict;
  const dist = join(root, "dist");
  const published = publishedDeclarations();
  const missing = doors.filter((door) => !published.has(door));
  if (missing.length > 0) throw new Error(`No declarations are made for ${missing.join(", ")}.`);
  const onDisk = (path: string) => !path.startsWith(dist);
  program = programOf(published, { ...options, skipLibCheck: false }, { roots: doors, onDisk });
  ours = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(dist));
}, 240_000);

it("they are sound by themselves", () => {
  const said = ours.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file),
    ...program.getSemanticDiagnostics(file),
  ]);
  expect(said.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
}, 120_000);

it("no any reaches a user, written or inferred", () => {
  const checker = program.getTypeChecker();
  const leaks: string[] = [];
  const look = (file: ts.SourceFile) => (node: ts.Node) => {
    const name = declaredBy(node);
    const inferred = name && (checker.getTypeAtLocation(name).flags & ts.TypeFlags.Any) !== 0;
    if (node.kind === ts.SyntaxKind.AnyKeyword || inferred) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
      leaks.push(`${file.fileName.slice(root.length + 1)}:${line + 1} ${node.getText(file)}`);
    }
    ts.forEachChild(node, look(file));
  };
  for (const file of ours) look(file)(file);
  expect(ours.length).toBeGreaterThan(20);
  expect(leaks).toEqual([]);
});

/** The name that a node of the syntax declares, but for private ones, whose types are nobody's business. */
function declaredBy(node: ts.Node): ts.Node | undefined {
  const declares =
    ts.isVariableDeclaration(node) ||
    ts.isParameter(node) ||
    ts.isPropertySignature(node) ||
    ts.isPropertyDeclaration(node) ||
    ts.isMethodSignature(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isTypeAliasDeclaration(node);
  return declares && !ts.isPrivateIdentifier(node.name) ? node.name : undefined;
}
