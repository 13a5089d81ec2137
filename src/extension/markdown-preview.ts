// What the Markdown engine of VS Code makes of a block of `aiwf`: a place that holds the text, which the script of the
// preview (`src/markdown/preview.ts`) fills with the picture. Where scripts are off, the text is what is seen.

/** The part of a token of markdown-it that is read. */
interface Token {
  /** All that follows the opening fence. */
  readonly info: string;
  readonly content: string;
  attrGet(name: string): string | null;
}

type Render<Options, Environment, Renderer> = (
  tokens: Token[],
  index: number,
  options: Options,
  environment: Environment,
  renderer: Renderer,
) => string;

/** The part of markdown-it that is used; what is only passed on stays unknown. */
export interface MarkdownIt {
  readonly renderer: { readonly rules: { fence?: Render<unknown, unknown, unknown> | undefined } };
}

/** VS Code calls this for its Markdown preview. Blocks of other languages are left to whoever drew them before. */
export function extendMarkdownIt<Engine extends MarkdownIt>(engine: Engine): Engine {
  const { rules } = engine.renderer;
  const before = rules.fence;
  rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (token && /^\s*aiwf(?:\s|$)/.test(token.info)) return blockOf(token);
    return before ? before(tokens, index, ...rest) : escapeText(token?.content ?? '');
  };
  return engine;
}

/** The preview scrolls with the text by the class `code-line` and the line it finds there. */
function blockOf(token: Token): string {
  const line = token.attrGet('data-line');
  const place = line === null ? '' : ` data-line="${escapeText(line)}"`;
  const name = line === null ? 'aiwf-block' : 'aiwf-block code-line';
  return `<div class="${name}"${place}><pre><code>${escapeText(token.content)}</code></pre></div>\n`;
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
