// Finds a Chromium: CHROME_PATH, one on the PATH, or the headless one that @sparticuz/chromium carries.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { once } from './cache.mjs';
import { onPath } from './processes.mjs';

/**
 * The browsers worth trying, best first.
 * @returns {Promise<{ executable: string, env: Record<string, string> }[]>}
 */
export async function findChromium() {
  if (process.env.CHROME_PATH) return [{ executable: process.env.CHROME_PATH, env: {} }];
  const installed = onPath('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');
  const found = installed ? [{ executable: installed, env: {} }] : [];
  const hasCarried = process.platform === 'linux' && process.arch === 'x64';
  if (hasCarried) found.push(await carriedChromium());
  if (found.length === 0) throw new Error('No Chromium found. Install one or set CHROME_PATH.');
  return found;
}

/** The carried browser comes with the libraries and the font that a bare machine lacks. */
async function carriedChromium() {
  const { version } = packageOf('@sparticuz/chromium');
  const folder = await once(`chromium-${version}`, inflate);
  return {
    executable: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_FILE: join(folder, 'aiwf-fonts.conf'),
    },
  };
}

/** The package unpacks into the temporary folder, and its libraries only where it believes to run on AWS. */
async function inflate(folder) {
  const { TMPDIR, AWS_EXECUTION_ENV, LD_LIBRARY_PATH, FONTCONFIG_PATH, HOME } = process.env;
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' });
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
  } finally {
    const before = { TMPDIR, AWS_EXECUTION_ENV, LD_LIBRARY_PATH, FONTCONFIG_PATH, HOME };
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
  writeFileSync(join(folder, 'aiwf-fonts.conf'), fontConfiguration);
}

/** The machine's own fonts first, the carried one where there are none. */
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

function packageOf(name) {
  const entry = createRequire(import.meta.url).resolve(name);
  return JSON.parse(readFileSync(join(entry.slice(0, entry.lastIndexOf(name) + name.length), 'package.json'), 'utf8'));
}
