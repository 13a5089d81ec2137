// The look of a picture without a page: what the style sheet of the panel says for an element, in plain colors that every
// viewer of SVG knows. The look itself is written once, in the style sheet.
import sheet from '../../media/diagram.css';

export type PictureTheme = 'light' | 'dark' | 'high-contrast' | 'high-contrast-light';

/** The themes that VS Code has, by their kind. */
export const pictureThemes = [
  'light',
  'dark',
  'high-contrast',
  'high-contrast-light',
] as const satisfies readonly PictureTheme[];

type Values = ReadonlyMap<string, string>;

/** An element with what decides its look. */
export interface Styled {
  readonly name: string;
  readonly classes: readonly string[];
  readonly parent: Styled | undefined;
  /** Custom properties, its own and those it inherits, without any that are left to fill in. */
  readonly variables: Values;
  /** What the style sheet says for this element alone. */
  readonly look: Values;
  /** Elements inside it by name and classes: those that are alike look alike, so each look is found once. */
  readonly inside: Map<string, Styled>;
}

interface Compound {
  readonly name: string | undefined;
  readonly classes: readonly string[];
}

interface Rule {
  readonly selector: readonly Compound[];
  readonly weight: number;
  readonly values: readonly (readonly [string, string])[];
}

/** What VS Code gives a page in its own themes. */
const editorColors: Readonly<Record<PictureTheme, Readonly<Record<string, string>>>> = {
  light: {
    'editor-background': '#ffffff',
    'editor-foreground': '#3b3b3b',
    focusBorder: '#005fb8',
    'gitDecoration-addedResourceForeground': '#587c0c',
    'gitDecoration-deletedResourceForeground': '#ad0707',
    'gitDecoration-modifiedResourceForeground': '#895503',
  },
  dark: {
    'editor-background': '#1f1f1f',
    'editor-foreground': '#cccccc',
    focusBorder: '#0078d4',
    'gitDecoration-addedResourceForeground': '#81b88b',
    'gitDecoration-deletedResourceForeground': '#c74e39',
    'gitDecoration-modifiedResourceForeground': '#e2c08d',
  },
  'high-contrast': {
    'editor-background': '#000000',
    'editor-foreground': '#ffffff',
    contrastBorder: '#6fc3df',
    contrastActiveBorder: '#f38518',
    'gitDecoration-addedResourceForeground': '#a1e3ad',
    'gitDecoration-deletedResourceForeground': '#c74e39',
    'gitDecoration-modifiedResourceForeground': '#e2c08d',
  },
  'high-contrast-light': {
    'editor-background': '#ffffff',
    'editor-foreground': '#292929',
    contrastBorder: '#0f4a85',
    contrastActiveBorder: '#006bbd',
    'gitDecoration-addedResourceForeground': '#374e06',
    'gitDecoration-deletedResourceForeground': '#ad0707',
    'gitDecoration-modifiedResourceForeground': '#895503',
  },
};

const bodyClasses: Readonly<Record<PictureTheme, readonly string[]>> = {
  light: ['vscode-light'],
  dark: ['vscode-dark'],
  'high-contrast': ['vscode-high-contrast'],
  'high-contrast-light': ['vscode-high-contrast', 'vscode-high-contrast-light'],
};

const rules: readonly Rule[] = parseSheet(sheet);

/** The page of a theme, around every element. */
export function styledPage(theme: PictureTheme): Styled {
  const variables = Object.entries(editorColors[theme]).map(([name, value]) => [`--vscode-${name}`, value] as const);
  return style('body', bodyClasses[theme], undefined, new Map(variables));
}

/** An element inside another; `classNames` as the attribute has them. */
export function styledInside(parent: Styled, name: string, classNames: string): Styled {
  const key = `${name} ${classNames}`;
  const known = parent.inside.get(key);
  if (known) return known;
  const classes = classNames.split(/\s+/).filter((each) => each !== '');
  const made = style(name, classes, parent, parent.variables);
  parent.inside.set(key, made);
  return made;
}

function style(name: string, classes: readonly string[], parent: Styled | undefined, inherited: Values): Styled {
  const bare: Styled = { name, classes, parent, variables: inherited, look: new Map(), inside: new Map() };
  const said = new Map(rules.filter(({ selector }) => fits(selector, bare)).flatMap(({ values }) => values));
  const own = [...said].filter(([key]) => key.startsWith('--'));
  const raw = new Map([...inherited, ...own]);
  const fill = (entries: Iterable<readonly [string, string]>): Values =>
    new Map(
      [...entries].flatMap(([key, value]) => {
        const plain = resolve(value, raw);
        return plain === undefined ? [] : [[key, plain] as const];
      }),
    );
  const variables = own.length === 0 ? inherited : fill(raw);
  return { ...bare, variables, look: fill([...said].filter(([key]) => !key.startsWith('--'))) };
}

/** Rules whose selectors are of elements, classes and what is around them; states and ids are of the page alone. */
function parseSheet(text: string): Rule[] {
  const flat = text.replace(/\/\*.*?\*\//gs, '').replace(/@[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '');
  const found = [...flat.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors = '', body = '']) => {
    const values = body.split(';').flatMap((line) => {
      const at = line.indexOf(':');
      return at < 0 ? [] : [[line.slice(0, at).trim(), line.slice(at + 1).trim()] as const];
    });
    return selectors.split(',').flatMap((selector) => {
      const words = selector.trim().split(/\s+/);
      if (!words.every((word) => /^[a-z]*(\.[\w-]+)*$/.test(word))) return [];
      const compounds = words.map((word) => {
        const [name = '', ...classes] = word.split('.');
        return { name: name === '' ? undefined : name, classes };
      });
      const weight = compounds.reduce((sum, { name, classes }) => sum + classes.length * 100 + (name ? 1 : 0), 0);
      return [{ selector: compounds, weight, values }];
    });
  });
  return found.sort((a, b) => a.weight - b.weight);
}

function fits(selector: readonly Compound[], element: Styled): boolean {
  const last = selector.at(-1);
  if (!last || !isOf(last, element)) return false;
  const rest = selector.slice(0, -1);
  if (rest.length === 0) return true;
  for (let around = element.parent; around; around = around.parent) if (fits(rest, around)) return true;
  return false;
}

function isOf({ name, classes }: Compound, element: Styled): boolean {
  return (name === undefined || name === element.name) && classes.every((each) => element.classes.includes(each));
}

/** The value without variables and mixtures; undefined where that cannot be had. */
function resolve(value: string, variables: Values, depth = 0): string | undefined {
  if (depth > 20) return undefined;
  const call = /^(.*?)\b(var|color-mix)\((.*)$/s.exec(value);
  if (!call) return value.replace(/(\d)px\b/g, '$1');
  const [, before = '', name, after = ''] = call;
  const end = closingAt(after);
  const parts = partsOf(after.slice(0, end));
  const result =
    name === 'var' ? (variables.get(parts[0] ?? '') ?? parts.slice(1).join(', ')) : mixed(parts, variables, depth);
  if (result === undefined || result === '') return undefined;
  return resolve(`${before}${result}${after.slice(end + 1)}`, variables, depth + 1);
}

/** `in srgb, COLOR SHARE, COLOR` as one color. */
function mixed(parts: readonly string[], variables: Values, depth: number): string | undefined {
  const first = resolve(parts[1] ?? '', variables, depth + 1)?.match(/^(#[\da-f]{6})\s+([\d.]+)%$/i);
  const second = resolve(parts[2] ?? '', variables, depth + 1)?.match(/^#[\da-f]{6}$/i);
  if (!first || !second) return undefined;
  const [, color = '', share = '0'] = first;
  const channel = (text: string, at: number) => Number.parseInt(text.slice(at, at + 2), 16);
  const mixedAt = (at: number) =>
    Math.round(channel(second[0], at) + ((channel(color, at) - channel(second[0], at)) * Number(share)) / 100);
  return `#${[1, 3, 5].map((at) => mixedAt(at).toString(16).padStart(2, '0')).join('')}`;
}

function closingAt(text: string): number {
  let open = 1;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') open++;
    else if (text[at] === ')' && --open === 0) return at;
  }
  return text.length;
}

function partsOf(text: string): string[] {
  const parts = [''];
  let open = 0;
  for (const character of text) {
    if (character === '(') open++;
    if (character === ')') open--;
    if (character === ',' && open === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}
