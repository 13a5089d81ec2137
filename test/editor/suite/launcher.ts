// Calls a function of the launcher (launch.mjs) from inside VS Code.
const address = process.env.AIWF_BRIDGE;

export async function launcher(action: string, args: object): Promise<unknown> {
  if (address === undefined) throw new Error('AIWF_BRIDGE is not set: start the suite with npm run test:editor.');
  const response = await fetch(address, { method: 'POST', body: JSON.stringify({ action, args }) });
  const { value, error } = (await response.json()) as { value?: unknown; error?: string };
  if (error !== undefined) throw new Error(`${action}: ${error}`);
  return value;
}
