// The script of VS Code's Markdown preview: shows blocks of `aiwf` as pictures. Each picture is in a shadow root of its
// block, so that neither its looks and the document's get in each other's way, nor what the preview does to the document
// takes the picture away: the text stays in place, and is what the preview compares.
import panelSheet from '../../media/diagram.css';
import { measuresIn } from '../webview/measure.ts';
import { drawBlock } from './block.ts';
import previewSheet from './preview.css';

/** What is in the shadow root of a block. */
interface Shown {
  readonly page: HTMLElement;
  text: string | undefined;
}

/** Smaller than this, text cannot be read any more; what is wider then is scrolled. */
const smallest = 0.75;

const shown = new Map<Element, Shown>();
const look = new CSSStyleSheet();
// The element inside the shadow root stands for the page of the panel.
look.replaceSync(`${panelSheet.replace(/(?<![\w-])body(?=[.:\s])/g, '.aiwf-page')}\n${previewSheet}`);

function showAll(): void {
  for (const [block, { page }] of shown) {
    if (!block.isConnected) shown.delete(block);
    // The preview makes other content of an element that was a block; a shadow root cannot be taken away again.
    else if (!block.matches('.aiwf-block')) {
      page.replaceChildren(document.createElement('slot'));
      page.className = '';
      shown.delete(block);
    }
  }
  for (const block of document.querySelectorAll('.aiwf-block')) show(block);
}

function show(block: Element): void {
  const text = block.querySelector('pre')?.textContent ?? '';
  const known = shown.get(block) ?? open(block);
  if (known.text === text) return;
  known.text = text;
  known.page.innerHTML = drawBlock(text, () => measuresIn(known.page));
  for (const picture of known.page.querySelectorAll('svg')) toLookAt(picture);
}

function open(block: Element): Shown {
  const root = block.shadowRoot ?? block.attachShadow({ mode: 'open' });
  root.adoptedStyleSheets = [look];
  const page = document.createElement('div');
  root.replaceChildren(page);
  const made: Shown = { page, text: undefined };
  shown.set(block, made);
  followTheme();
  return made;
}

/** Steps are no buttons here; the picture as a whole takes the focus, so that keys can scroll it. */
function toLookAt(picture: SVGSVGElement): void {
  const [width, height] = [Number(picture.getAttribute('width')), Number(picture.getAttribute('height'))];
  picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
  picture.style.minWidth = `${width * smallest}px`;
  picture.setAttribute('tabindex', '0');
  for (const part of picture.querySelectorAll('[role="button"]')) {
    part.setAttribute('role', 'img');
    part.removeAttribute('tabindex');
  }
}

/** The classes of the body say which theme it is. */
function followTheme(): void {
  const theme = [...document.body.classList].filter((name) => name.startsWith('vscode-'));
  for (const { page } of shown.values()) page.className = ['aiwf-page', ...theme].join(' ');
}

new MutationObserver(followTheme).observe(document.body, { attributeFilter: ['class'] });
window.addEventListener('vscode.markdown.updateContent', showAll);
// The scripts of a preview run in any order, also before the one that puts the document there.
window.addEventListener('load', showAll);
showAll();
