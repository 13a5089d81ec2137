// Writes elements of SVG as text. Text from a file enters only here, escaped, so it can never become an element.

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element with children that are markup already; attributes without a value are left out. */
export function tag(name: string, attributes: Attributes = {}, ...children: readonly string[]): string {
  let opening = name;
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) opening += ` ${key}="${typeof value === 'number' ? short(value) : escapeMarkup(value)}"`;
  return children.length === 0 ? `<${opening}/>` : `<${opening}>${children.join('')}</${name}>`;
}

/** Text as markup. What XML knows no character for is left out. */
export function escapeMarkup(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r]|[\p{Cs}\ufffe\uffff]/gu, '')
    .replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Two digits behind the point are enough for a screen. */
export function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}
