// Builds what is packed. npm runs it after an install in this folder, before `npm pack`, and so for whoever installs aiwf
// from its repository, such as pre-commit. Where the tools for it are left out (`npm ci --omit=dev`) it builds nothing.
let isPossible = true;
try {
  import.meta.resolve('esbuild');
} catch {
  isPossible = false;
}
if (isPossible) {
  // With the licenses of what is bundled, which have to come with it.
  process.argv.push('--production');
  await import('./esbuild.mjs');
} else {
  console.error('aiwf: nothing is built, since esbuild is not installed; `npm ci` installs it');
  const isPacked = ['pack', 'publish'].includes(process.env.npm_command ?? '');
  process.exitCode = isPacked ? 1 : 0;
}
