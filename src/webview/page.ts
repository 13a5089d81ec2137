// The elements of the page, by name, and how a text becomes one.

export function byId<E extends Element = HTMLElement>(id: string): E {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}`);
  return found as unknown as E;
}

/** The text of an SVG, made an element. */
export function elementFrom(svg: string): SVGSVGElement {
  const template = document.createElement('template');
  template.innerHTML = svg;
  return document.importNode(template.content, true).firstElementChild as SVGSVGElement;
}

/** Selects one of several tabs; arrow keys move among them. */
export function createTabs(list: HTMLElement, onChosen: (tab: HTMLElement) => void): (chosen: HTMLElement) => void {
  const tabs = (): readonly HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role="tab"]')];
  const show = (chosen: HTMLElement): void => {
    for (const tab of tabs()) {
      tab.setAttribute('aria-selected', String(tab === chosen));
      tab.tabIndex = tab === chosen ? 0 : -1;
    }
  };
  const choose = (tab: HTMLElement): void => {
    show(tab);
    onChosen(tab);
  };
  list.addEventListener('click', (event) => {
    const tab = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="tab"]') : null;
    if (tab) choose(tab);
  });
  list.addEventListener('keydown', (event) => {
    const all = tabs();
    const at = all.findIndex(({ id }) => id === document.activeElement?.id);
    const places: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 };
    const place = places[event.key];
    if (place === undefined || at < 0) return;
    event.preventDefault();
    const next = all.at(place % all.length);
    next?.focus();
    if (next) choose(next);
  });
  return show;
}
