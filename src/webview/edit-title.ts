// Asks for the title of a step, in place: a field that lies over what it is about.

interface TitleQuestion {
  /** What the field is called. */
  readonly label: string;
  readonly value: string;
  /** Of the window. */
  readonly box: DOMRect;
  readonly onTitle: (title: string) => void;
  /** Gives the focus back. */
  readonly leave: () => void;
}

/** Enter takes the title, Escape and leaving the field do not. */
export function askTitle(layer: HTMLElement, { label, value, box, onTitle, leave }: TitleQuestion): void {
  for (const open of layer.querySelectorAll('.aiwf-title-field')) open.remove();
  const field = document.createElement('input');
  field.className = 'aiwf-title-field';
  field.type = 'text';
  field.value = value;
  field.maxLength = 300;
  field.spellcheck = true;
  field.placeholder = label;
  field.setAttribute('aria-label', label);
  const width = Math.max(200, box.width);
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  field.style.width = `${width}px`;
  field.style.left = `${Math.max(4, Math.min(middle.x - width / 2, window.innerWidth - width - 4))}px`;
  field.style.top = `${Math.max(4, Math.min(middle.y - 15, window.innerHeight - 34))}px`;
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    field.remove();
  };
  field.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    const title = field.value.trim().replace(/\s+/g, ' ');
    close();
    leave();
    if (event.key === 'Enter' && title !== '' && title !== value) onTitle(title);
  });
  field.addEventListener('blur', close);
  layer.append(field);
  field.focus();
  field.select();
}
