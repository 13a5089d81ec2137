// What VS Code gives a webview in its three kinds of theme: a body class and color variables (a selection of them).

export interface Theme {
  readonly body: string;
  readonly variables: Readonly<Record<string, string>>;
}

const font = '"Open Sans", "Segoe UI", system-ui, sans-serif';

export const light: Theme = {
  body: 'vscode-light',
  variables: {
    '--vscode-font-family': font,
    '--vscode-editor-background': '#ffffff',
    '--vscode-editor-foreground': '#3b3b3b',
    '--vscode-focusBorder': '#005fb8',
    '--vscode-button-secondaryBackground': '#e5e5e5',
    '--vscode-button-secondaryForeground': '#3b3b3b',
    '--vscode-button-secondaryHoverBackground': '#cccccc',
    '--vscode-inputValidation-warningBackground': '#f6f5d2',
    '--vscode-inputValidation-warningBorder': '#b89500',
  },
};

export const dark: Theme = {
  body: 'vscode-dark',
  variables: {
    '--vscode-font-family': font,
    '--vscode-editor-background': '#1f1f1f',
    '--vscode-editor-foreground': '#cccccc',
    '--vscode-focusBorder': '#0078d4',
    '--vscode-button-secondaryBackground': '#313131',
    '--vscode-button-secondaryForeground': '#cccccc',
    '--vscode-button-secondaryHoverBackground': '#3c3c3c',
    '--vscode-inputValidation-warningBackground': '#352a05',
    '--vscode-inputValidation-warningBorder': '#b89500',
  },
};

export const highContrast: Theme = {
  body: 'vscode-high-contrast',
  variables: {
    '--vscode-font-family': font,
    '--vscode-editor-background': '#000000',
    '--vscode-editor-foreground': '#ffffff',
    '--vscode-focusBorder': '#f38518',
    '--vscode-contrastBorder': '#6fc3df',
    '--vscode-contrastActiveBorder': '#f38518',
    '--vscode-button-secondaryBackground': '#000000',
    '--vscode-button-secondaryForeground': '#ffffff',
    '--vscode-inputValidation-warningBackground': '#352a05',
    '--vscode-inputValidation-warningBorder': '#b89500',
  },
};

export const highContrastLight: Theme = {
  body: 'vscode-high-contrast vscode-high-contrast-light',
  variables: {
    ...light.variables,
    '--vscode-editor-foreground': '#292929',
    '--vscode-focusBorder': '#006bbd',
    '--vscode-contrastBorder': '#0f4a85',
    '--vscode-contrastActiveBorder': '#006bbd',
  },
};
