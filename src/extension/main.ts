// Starts and stops the extension.
export function activate(): void {}
