// Lets mermaid measure under a content security policy without 'unsafe-inline': the style elements it makes get the
// nonce of this script, style attributes go through the CSSOM, which the policy allows, and the text of a finished
// picture, which is read for its coordinates only, is parsed without its styles.

/** Call once, while the script is being run for the first time. */
export function adoptNonce(): void {
  const nonce = document.currentScript?.nonce ?? '';
  const createElement = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const created = createElement(name, options);
    if (created instanceof HTMLStyleElement) created.nonce = nonce;
    return created;
  }) as typeof document.createElement;

  const setAttribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (this: Element, name: string, value: string): void {
    if (name === 'style' && 'style' in this) (this.style as CSSStyleDeclaration).cssText = String(value);
    else setAttribute.call(this, name, value);
  };

  const parse = DOMParser.prototype.parseFromString;
  DOMParser.prototype.parseFromString = function (
    this: DOMParser,
    text: string,
    type: DOMParserSupportedType,
  ): Document {
    return parse.call(this, String(text).replace(/<style\b[\s\S]*?<\/style>|\sstyle="[^"]*"/g, ''), type);
  };
}
