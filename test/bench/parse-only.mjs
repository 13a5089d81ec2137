// The floor of `npm run bench:batch`: reads the files of a folder and parses each with the YAML library, and nothing else.
// `node parse-only.mjs FOLDER THREADS`
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { parseDocument } from 'yaml';

if (isMainThread) {
  const [, file, folder, threads] = process.argv;
  const paths = readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => path.endsWith('.aiwf.yaml'));
  const count = Number(threads);
  if (count === 1) parse(paths);
  else
    for (let at = 0; at < count; at++)
      new Worker(file, { workerData: paths.filter((_, index) => index % count === at) });
} else parse(workerData);

function parse(paths) {
  for (const path of paths) parseDocument(readFileSync(path, 'utf8'), { prettyErrors: false });
}
