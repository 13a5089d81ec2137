// The part of markdown-it that tests use; the package has no types of its own.
declare module 'markdown-it' {
  export default class MarkdownIt {
    readonly renderer: {
      readonly rules: {
        fence?: (
          tokens: { info: string; content: string; attrGet(name: string): string | null }[],
          index: number,
          options: unknown,
          environment: unknown,
          renderer: unknown,
        ) => string;
      };
    };
    readonly core: {
      readonly ruler: {
        push(name: string, rule: (state: { tokens: SourceToken[] }) => void): void;
      };
    };
    constructor(options?: { html?: boolean; linkify?: boolean });
    use(plugin: (engine: MarkdownIt) => unknown): this;
    render(text: string): string;
  }

  interface SourceToken {
    readonly type: string;
    readonly map: readonly [number, number] | null;
    attrSet(name: string, value: string): void;
    attrJoin(name: string, value: string): void;
  }
}
