// A context menu as assistive technology knows it: arrow keys, first letters, sub-menus, Escape; the focus goes back to
// where it came from.

export interface MenuItem {
  readonly label: string;
  /** The key that does the same without the menu. */
  readonly keys?: string;
  readonly run?: () => void;
  /** Of a sub-menu. */
  readonly items?: readonly MenuItem[];
}

interface MenuPlace {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** In the window. */
  readonly x: number;
  readonly y: number;
  /** Gives the focus back. */
  readonly leave: () => void;
}

/** Shows a menu in `layer` and takes the focus. One that is open is closed first. */
export function openMenu(layer: HTMLElement, { label, items, x, y, leave }: MenuPlace): void {
  for (const open of layer.querySelectorAll('.aiwf-menu')) open.remove();
  const outside = (event: Event): void => {
    if (!(event.target instanceof Node && menu.contains(event.target))) close();
  };
  const close = (): void => {
    window.removeEventListener('pointerdown', outside, true);
    window.removeEventListener('wheel', outside, true);
    window.removeEventListener('blur', close);
    menu.remove();
  };
  const menu = menuOf(label, items, {
    run(item) {
      close();
      leave();
      item.run?.();
    },
    leave() {
      close();
      leave();
    },
  });
  layer.append(menu);
  place(menu, x, y, x);
  window.addEventListener('pointerdown', outside, true);
  window.addEventListener('wheel', outside, true);
  window.addEventListener('blur', close);
  buttonsOf(menu)[0]?.focus();
}

interface Commands {
  run(item: MenuItem): void;
  leave(): void;
}

function menuOf(label: string, items: readonly MenuItem[], commands: Commands): HTMLElement {
  const menu = document.createElement('div');
  menu.className = 'aiwf-menu';
  menu.setAttribute('role', 'menu');
  menu.setAttribute('aria-label', label);
  let sub: { readonly button: HTMLElement; readonly menu: HTMLElement } | undefined;
  const closeSub = (): void => {
    sub?.button.setAttribute('aria-expanded', 'false');
    sub?.menu.remove();
    sub = undefined;
  };
  const openSub = (button: HTMLElement, item: MenuItem): void => {
    if (sub?.button === button) return;
    closeSub();
    const back = (): void => {
      closeSub();
      button.focus();
    };
    sub = { button, menu: menuOf(item.label, item.items ?? [], { run: commands.run, leave: back }) };
    button.setAttribute('aria-expanded', 'true');
    menu.append(sub.menu);
    const box = button.getBoundingClientRect();
    place(sub.menu, box.right - 2, box.top - 5, box.left + 2);
  };
  for (const item of items) {
    const button = buttonOf(item);
    button.addEventListener('pointerenter', () => {
      button.focus();
      if (item.items) openSub(button, item);
      else closeSub();
    });
    button.addEventListener('click', () => {
      if (!item.items) return commands.run(item);
      openSub(button, item);
      if (sub) buttonsOf(sub.menu)[0]?.focus();
    });
    menu.append(button);
  }
  menu.addEventListener('contextmenu', (event) => event.preventDefault());
  menu.addEventListener('keydown', (event) => {
    const buttons = buttonsOf(menu);
    const active = document.activeElement;
    const at = active instanceof HTMLElement ? buttons.indexOf(active) : -1;
    // A key pressed in a sub-menu is for that one alone, and none is for the page below.
    event.stopPropagation();
    if (at === -1) return;
    const to = (index: number): void => buttons[(index + buttons.length) % buttons.length]?.focus();
    const hasSub = buttons[at]?.getAttribute('aria-haspopup') === 'menu';
    if (event.key === 'ArrowDown') to(at + 1);
    else if (event.key === 'ArrowUp') to(at - 1);
    else if (event.key === 'Home') to(0);
    else if (event.key === 'End') to(-1);
    else if (event.key === 'ArrowRight' && hasSub) buttons[at]?.click();
    else if (event.key === 'Escape' || event.key === 'Tab') commands.leave();
    else if (event.key === 'ArrowLeft' && menu.parentElement?.closest('.aiwf-menu')) commands.leave();
    else if (event.key.length === 1 && event.key !== ' ') {
      const order = [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)];
      order.find(({ textContent }) => textContent?.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    } else return;
    event.preventDefault();
  });
  return menu;
}

function buttonOf({ label, keys, items }: MenuItem): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.tabIndex = -1;
  button.setAttribute('role', 'menuitem');
  const text = document.createElement('span');
  text.textContent = label;
  button.append(text);
  if (items) {
    button.setAttribute('aria-haspopup', 'menu');
    button.setAttribute('aria-expanded', 'false');
  }
  const side = items ? '›' : keys;
  if (side !== undefined) {
    const hint = document.createElement('span');
    hint.className = 'aiwf-menu-side';
    hint.textContent = side;
    hint.setAttribute('aria-hidden', 'true');
    button.append(hint);
  }
  if (keys !== undefined) button.setAttribute('aria-keyshortcuts', keys);
  return button;
}

/** Those of the menu itself, not of its sub-menu. */
function buttonsOf(menu: HTMLElement): readonly HTMLElement[] {
  return [...menu.children].filter((each): each is HTMLElement => each.getAttribute('role') === 'menuitem');
}

/** Where it fits into the window; at the right border it ends at `otherwise` in place of beginning at `x`. */
function place(menu: HTMLElement, x: number, y: number, otherwise: number): void {
  const { width, height } = menu.getBoundingClientRect();
  const left = x + width + 4 > window.innerWidth ? otherwise - width : x;
  menu.style.left = `${Math.max(4, left)}px`;
  menu.style.top = `${Math.max(4, Math.min(y, window.innerHeight - height - 4))}px`;
}
