// Shows the panel beside the picture and says what is chosen there.
import type { PictureWords } from '../picture/words.ts';
import type { DiagramFinding } from '../protocol.ts';
import type { Filter } from './filter.ts';
import { type Selection, selectionOf } from './interact.ts';
import { changesMarkup, findingsMarkup, outlineMarkup } from './side-markup.ts';
import type { State } from './state.ts';

interface SideHost {
  onFinding(id: string): void;
  onWitness(finding: string, step: number): void;
  onFix(finding: string): void;
  onFilter(filter: Filter): void;
  onSelect(selection: Selection): void;
}

export interface Side {
  show(state: State, passing: readonly DiagramFinding[]): void;
}

export function createSide(root: HTMLElement, words: PictureWords, host: SideHost): Side {
  let filter: Filter = { hidden: [] };
  root.addEventListener('click', ({ target }) => {
    if (!(target instanceof Element)) return;
    const button = target.closest<HTMLElement>('button');
    const { finding, witness, fix } = button?.dataset ?? {};
    if (fix !== undefined) host.onFix(fix);
    else if (finding !== undefined && witness !== undefined) host.onWitness(finding, Number(witness));
    else if (finding !== undefined) host.onFinding(finding);
    else {
      const selection = button ? selectionOf(button) : undefined;
      if (selection) host.onSelect(selection);
    }
  });
  root.addEventListener('change', ({ target }) => {
    if (target instanceof HTMLInputElement) {
      const severity = (['error', 'warning', 'info'] as const).find((one) => one === target.dataset.severity);
      const others = filter.hidden.filter((one) => one !== severity);
      if (severity) host.onFilter({ ...filter, hidden: target.checked ? others : [...others, severity] });
    } else if (target instanceof HTMLSelectElement) {
      const value = target.value === '' ? undefined : target.value;
      if (target.dataset.filter === 'standard') host.onFilter({ ...filter, standard: value });
      else host.onFilter({ ...filter, actor: value });
    }
  });
  return {
    show(state, passing) {
      const { shown, side, finding } = state;
      ({ filter } = state);
      root.hidden = !shown || (side === 'none' && state.name !== 'change');
      if (root.hidden || !shown) return;
      const { diagram, findings, view } = shown;
      const key = focusedKey(root);
      const { scrollTop } = root;
      const changes =
        state.name === 'change' && view?.view === 'change' ? changesMarkup(view.base, view.notes, words) : '';
      const list =
        side === 'findings'
          ? findingsMarkup({ findings, passing, filter, chosen: finding }, diagram, words)
          : side === 'outline'
            ? outlineMarkup(diagram, passing, words)
            : '';
      root.innerHTML = changes + list;
      root.scrollTop = scrollTop;
      if (key !== undefined)
        [...root.querySelectorAll<HTMLElement>(focusable)].find((one) => keyOf(one) === key)?.focus();
    },
  };
}

const focusable = 'button, input, select';

/** What had the focus, to find it again after drawing. */
function focusedKey(root: HTMLElement): string | undefined {
  const active = document.activeElement;
  return active instanceof HTMLElement && root.contains(active) ? keyOf(active) : undefined;
}

function keyOf({ tagName, dataset }: HTMLElement): string {
  return JSON.stringify([tagName, { ...dataset }]);
}
