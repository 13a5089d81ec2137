// The language server as a program of its own: `server.js --stdio` for any editor, `--node-ipc` for VS Code.
// The only file of the server that reads files.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { maxTextLength } from '../language/parse-syntax.ts';
import { isWorkflowName } from '../language/project.ts';
import { isRuleId, type ServerHost, startServer } from './connection.ts';
import { dropCancelled } from './requests.ts';

const maxFolderEntries = 50_000;
const maxWorkflowFiles = 2_000;
const maxListed = 500;
const maxFolderDepth = 12;
const skippedFolders: ReadonlySet<string> = new Set(['node_modules', 'dist', 'out', 'build', 'target', 'vendor']);

const host: ServerHost = {
  reads: (uri) => uri.startsWith('file:'),
  read: (uri) => {
    const path = pathOf(uri);
    return path === undefined ? undefined : readText(path);
  },
  workflowFiles: (folder) => {
    const path = pathOf(folder);
    return path === undefined ? [] : findWorkflowFiles(path).map((found) => pathToFileURL(found).href);
  },
  entries: (folder) => {
    const path = pathOf(folder);
    const found = path === undefined ? [] : entriesOf(path).filter(({ name }) => !name.startsWith('.'));
    return found
      .filter((entry) => entry.isFile() || (entry.isDirectory() && !skippedFolders.has(entry.name)))
      .slice(0, maxListed)
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  },
  rulePage: (id) => (isRuleId(id) ? readText(join(__dirname, '..', 'docs', 'rules', `${id}.md`)) : undefined),
};

/** Path of a `file:` uri; other schemes and other machines have none. */
function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

/** Text of a file of reasonable size; undefined for folders, devices, binary files and what is not there. */
function readText(path: string): string | undefined {
  try {
    const found = statSync(path);
    if (!found.isFile() || found.size > maxTextLength) return undefined;
    const bytes = readFileSync(path);
    return bytes.includes(0) ? undefined : bytes.toString('utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
}

/** Breadth first, without links and hidden folders, so that a huge workspace still answers at once. */
function findWorkflowFiles(root: string): readonly string[] {
  const found: string[] = [];
  const folders = [{ path: root, depth: 0 }];
  let seen = 0;
  for (
    let next = folders.shift();
    next && seen < maxFolderEntries && found.length < maxWorkflowFiles;
    next = folders.shift()
  ) {
    const { path, depth } = next;
    for (const entry of entriesOf(path)) {
      seen++;
      const inner = join(path, entry.name);
      if (entry.isFile() && isWorkflowName(entry.name)) found.push(inner);
      const enters =
        entry.isDirectory() && depth < maxFolderDepth && !entry.name.startsWith('.') && !skippedFolders.has(entry.name);
      if (enters) folders.push({ path: inner, depth: depth + 1 });
    }
  }
  return found.slice(0, maxWorkflowFiles);
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

const transports = ['--stdio', '--node-ipc', '--socket', '--pipe'];
if (!process.argv.some((argument) => transports.some((transport) => argument.startsWith(transport))))
  process.argv.push('--stdio');
startServer(createConnection(ProposedFeatures.all, { connectionStrategy: dropCancelled }), host);
