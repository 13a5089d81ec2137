// Finds steps by their words: all that match are marked, Enter goes from one to the next.
import { fill, type PictureWords } from '../picture/words.ts';

export interface Search {
  /** Marks anew, after another picture was drawn. */
  refresh(): void;
}

/** `reveal` brings a step into sight. */
export function createSearch(
  input: HTMLInputElement,
  status: HTMLElement,
  canvas: HTMLElement,
  reveal: (element: Element) => void,
  words: PictureWords,
): Search {
  let at = -1;
  const mark = (): readonly Element[] => {
    const wanted = folded(input.value);
    const found: Element[] = [];
    for (const node of canvas.querySelectorAll('.aiwf-node')) {
      const text = `${node.getAttribute('aria-label')} ${node.getAttribute('data-step')}`;
      const hits = wanted !== '' && folded(text).includes(wanted);
      node.classList.toggle('aiwf-found', hits);
      node.classList.remove('aiwf-found-here');
      if (hits) found.push(node);
    }
    return found;
  };
  const say = (found: readonly Element[]): void => {
    const place = found.length === 0 ? '0' : String(at + 1);
    status.textContent = input.value.trim() === '' ? '' : fill(words.hits, place, String(found.length));
  };
  const go = (step: number): void => {
    const found = mark();
    at = found.length === 0 ? -1 : (at + step + found.length) % found.length;
    const here = found[at];
    here?.classList.add('aiwf-found-here');
    if (here) reveal(here);
    say(found);
  };
  input.addEventListener('input', () => {
    at = -1;
    go(1);
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape' && input.value !== '') {
      input.value = '';
      go(1);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return { refresh: () => say(mark()) };
}

/** Without case and accents. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
