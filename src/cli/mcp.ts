// `aiwf mcp`: what an AI that writes workflows can ask, over the Model Context Protocol on standard input and output.
// Nothing else is ever written there, and no file outside the folders is read.

import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, parse, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { RootsListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod/v4';
import { isWorkflowName } from '../language/project.ts';
import { startOfDay } from '../language/values.ts';
import { type AuthorHost, authorTools, notAWorkflow, runAuthorTool } from '../server/author-tools.ts';
import { createWorkflowIndex } from '../server/workflow-index.ts';
import { createLanguageService } from '../service/language-service.ts';
import { findWorkflows, readText } from './files.ts';
import { outputs } from './mcp-outputs.ts';

interface McpOptions {
  /** Folders that may be read; none: those of the client, else the working folder. */
  readonly folders: readonly string[];
  readonly version: string;
  /** The page `docs/rules/<id>.md`. */
  rulePage(id: string): string | undefined;
}

const instructions = `Write, check and understand AI workflows: YAML files named *.aiwf.yaml that say how work flows across people, AI agents, systems and time. Read describe_language before you write one. Check every text you write, read explain_rule where a finding is not clear, and go on until there are no errors.`;

/** Milliseconds a client has to say which folders are open. */
const patience = 5000;

/** Why a folder cannot be served, if so. */
export function wrongFolder(folders: readonly string[]): string | undefined {
  return folders.find((folder) => realFolder(folder) === undefined);
}

/** Serves until the client closes standard input. */
export async function serveMcp({ folders, version, rulePage }: McpOptions): Promise<void> {
  const server = new McpServer({ name: 'aiwf', title: 'AI Workflow Architect', version }, { instructions });
  const given = folders.flatMap((folder) => realFolder(folder) ?? []);
  let known: readonly string[] | undefined = given.length > 0 ? given : undefined;
  const readableFolders = async (): Promise<readonly string[]> => {
    known ??= (await clientFolders(server)) ?? workingFolder();
    return known;
  };
  if (given.length === 0) {
    server.server.setNotificationHandler(RootsListChangedNotificationSchema, () => {
      known = undefined;
    });
  }
  for (const [name, { title, description, inputs }] of Object.entries(authorTools)) {
    const fields = Object.entries(inputs).map(([input, { description: meaning, required }]) => {
      const field = z.string().describe(meaning);
      return [input, required ? field : field.optional()] as const;
    });
    server.registerTool(
      name,
      {
        title,
        description,
        inputSchema: z.strictObject(Object.fromEntries(fields)),
        outputSchema: outputs[name] ?? z.object({}),
        annotations: { title, readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
      },
      async (input) => {
        const answer = runAuthorTool(name, input, createHost(await readableFolders(), rulePage));
        if ('reason' in answer) return { isError: true, content: [{ type: 'text', text: answer.reason }] };
        return { structuredContent: { ...answer.data }, content: [{ type: 'text', text: answer.text }] };
      },
    );
  }
  // A client that goes away without a word is no fault.
  process.stdout.on('error', () => process.exit(0));
  await server.connect(new StdioServerTransport());
}

/** The folders that the client has open; undefined where it does not tell. */
async function clientFolders({ server }: McpServer): Promise<readonly string[] | undefined> {
  if (!server.getClientCapabilities()?.roots) return undefined;
  try {
    const { roots } = await server.listRoots(undefined, { timeout: patience });
    const found = roots.flatMap(({ uri }) => realFolder(pathOf(uri)) ?? []);
    return found.length > 0 ? found : undefined;
  } catch {
    return undefined;
  }
}

/** None where it is the root of the disk: nobody means all of it. */
function workingFolder(): readonly string[] {
  const folder = realFolder('.');
  return folder === undefined || folder === parse(folder).root ? [] : [folder];
}

/** Reads the disk anew for each question, so that no answer is older than the files. */
function createHost(folders: readonly string[], rulePage: McpOptions['rulePage']): AuthorHost {
  const read = (uri: string): string | undefined => {
    const path = pathOf(uri);
    const real = path === undefined ? undefined : realPath(path);
    if (real === undefined || !folders.some((folder) => isBelow(real, folder))) return undefined;
    const found = readText(real);
    return 'text' in found ? found.text : undefined;
  };
  const index = createWorkflowIndex({
    read,
    workflowFiles: (folder) =>
      findWorkflows([fileURLToPath(folder)]).paths.map((path) => pathToFileURL(realPath(path) ?? path).href),
  });
  index.setFolders(folders.map((folder) => pathToFileURL(folder).href));
  const service = createLanguageService({
    read,
    workflowUri: index.workflowUri,
    today: () => startOfDay(Date.now()),
  });
  return {
    locate: (file) => {
      if (!isWorkflowName(file)) return { reason: notAWorkflow(file) };
      if (folders.length === 0)
        return { reason: 'No folder is open. Start the server with one: aiwf mcp FOLDER, or in a folder.' };
      const named = /^file:/i.test(file) ? pathOf(file) : file;
      const places = named === undefined ? [] : folders.map((folder) => realPlace(resolve(folder, named)));
      const inside = places.filter((path) => folders.some((folder) => isBelow(path, folder)));
      const path = inside.find((candidate) => realPath(candidate) !== undefined) ?? inside[0];
      return path === undefined
        ? { reason: `${file} does not lie in a folder that may be read: ${folders.join(', ')}` }
        : { uri: pathToFileURL(path).href };
    },
    nameOf: (uri) => {
      const path = pathOf(uri) ?? uri;
      const folder = folders.find((candidate) => isBelow(path, candidate));
      return folder === undefined ? path : relative(folder, path).split(sep).join('/');
    },
    inspect: service.inspect,
    rulePage,
    describeRule: service.describeRule,
  };
}

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** Where a file that is not there yet would be: links of the folders above it count. */
function realPlace(path: string): string {
  const known = realPath(path);
  if (known !== undefined) return known;
  const above = dirname(path);
  return above === path ? path : resolve(realPlace(above), relative(above, path));
}

function realFolder(path: string | undefined): string | undefined {
  const real = path === undefined ? undefined : realPath(path);
  return real !== undefined && statSync(real, { throwIfNoEntry: false })?.isDirectory() ? real : undefined;
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}
