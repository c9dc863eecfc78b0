/** TypeScript's compiler, with a user's strict settings, over files that need not be on disk. */
import { dirname, join } from "node:path";
import ts from "typescript";

export const root = join(import.meta.dirname, "..", "..");

/** Files by path, relative to the project. */
export type Files = ReadonlyMap<string, string>;

/** A program of these files (or of the `roots` among them) and of what they import: from them first, and from the disk where `onDisk` says so. */
export function programOf(
  files: Files,
  options: ts.CompilerOptions,
  {
    roots = [...files.keys()],
    onDisk = () => true,
  }: { roots?: readonly string[]; onDisk?: (path: string) => boolean } = {},
): ts.Program {
  const host = ts.createCompilerHost(options);
  const absolute = new Map([...files].map(([path, text]) => [join(root, path), text]));
  const folders = new Set([...absolute.keys()].map(dirname));
  const { readFile, fileExists, directoryExists } = host;
  host.readFile = (path) => absolute.get(path) ?? (onDisk(path) ? readFile(path) : undefined);
  host.fileExists = (path) => absolute.has(path) || (onDisk(path) && fileExists(path));
  host.directoryExists = (path) => folders.has(path) || (directoryExists?.(path) ?? true);
  host.getSourceFile = (path, language) => {
    const text = host.readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, language);
  };
  return ts.createProgram(
    roots.map((path) => join(root, path)),
    options,
    host,
  );
}

/** What a user's project is compiled with. */
export const strict: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  typeRoots: [join(root, "node_modules", "@types")],
  customConditions: ["millrace-source"],
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
};

/** The first line of what the compiler says, by file. */
export function firstLines(program: ts.Program, files: Files): Record<string, string> {
  return Object.fromEntries(
    [...files.keys()].map((path) => {
      const [first] = program.getSemanticDiagnostics(program.getSourceFile(join(root, path)));
      return [path, first ? (ts.flattenDiagnosticMessageText(first.messageText, "\n").split("\n")[0] ?? "") : ""];
    }),
  );
}

/** The declarations that the package is published with, made from the sources. */
export function publishedDeclarations(): Files {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, "tsconfig.build.json"),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new Error(String(messageText));
      },
    },
  );
  if (!config) throw new Error("tsconfig.build.json cannot be read");
  const options = { ...config.options, noEmit: false, emitDeclarationOnly: true, outDir: join(root, "dist") };
  const made = new Map<string, string>();
  ts.createProgram(config.fileNames, options).emit(undefined, (path, text) => {
    made.set(path.slice(root.length + 1), text);
  });
  return made;
}
