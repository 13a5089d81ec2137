// The page of the diagram panel. Its policy allows our script and style sheet and nothing else: no network, no eval.
import { type ViewName, viewNames } from '../picture/views.ts';
import { pictureWords } from '../picture/words.ts';

interface DiagramPage {
  /** Unguessable, new for every page. */
  readonly nonce: string;
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  readonly title: string;
  /** Language of the page, for screen readers. */
  readonly language?: string;
  /** A text in the language of the editor. */
  readonly t: (text: string) => string;
}

export function diagramHtml({ nonce, cspSource, scriptUri, styleUri, title, language = 'en', t }: DiagramPage): string {
  const policy = [
    "default-src 'none'",
    'img-src data:',
    `style-src ${cspSource} 'nonce-${nonce}'`,
    `script-src 'nonce-${nonce}'`,
    "font-src 'none'",
  ].join('; ');
  const titles: Readonly<Record<ViewName, string>> = {
    flow: t('Flow'),
    handoffs: t('Handoffs'),
    responsibilities: t('Responsibilities'),
    data: t('Data'),
    time: t('Time'),
    change: t('Change'),
  };
  const tab = (name: ViewName): string => {
    const [selected, stop] = name === 'flow' ? ['true', '0'] : ['false', '-1'];
    return `<button id="aiwf-view-${name}" type="button" role="tab" data-view="${name}" aria-controls="aiwf-view" aria-selected="${selected}" tabindex="${stop}">${escapeHtml(titles[name])}</button>`;
  };
  return `<!DOCTYPE html>
<html lang="${escapeHtml(language)}">
<head>
  <meta charset="UTF-8">
  <meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
  <meta name="viewport" content="width=device-width, initial-scale=1.0">
  <link rel="stylesheet" href="${escapeHtml(styleUri)}">
  <title>${escapeHtml(title)}</title>
</head>
<body>
  <main id="aiwf-diagram" data-words="${escapeHtml(JSON.stringify(pictureWords(t)))}">
    <h1 class="aiwf-hidden">${escapeHtml(title)}</h1>
    <header id="aiwf-bar">
      <div id="aiwf-views" role="tablist" aria-label="${escapeHtml(t('Views'))}">
        ${viewNames.map(tab).join('\n        ')}
      </div>
      <div id="aiwf-options">
        <input id="aiwf-search" type="search" placeholder="${escapeHtml(t('Find a step'))}" aria-label="${escapeHtml(t('Find a step'))}">
        <span id="aiwf-hits" role="status"></span>
        <select id="aiwf-grouping" aria-label="${escapeHtml(t('Put steps together'))}">
          <option value="none">${escapeHtml(t('Every step'))}</option>
          <option value="scope">${escapeHtml(t('By sub-workflow'))}</option>
          <option value="phase">${escapeHtml(t('By phase'))}</option>
          <option value="actor">${escapeHtml(t('By actor'))}</option>
        </select>
        <button id="aiwf-direction" type="button" aria-pressed="false" title="${escapeHtml(t('Left to right'))}" aria-label="${escapeHtml(t('Left to right'))}">⇄</button>
        <button id="aiwf-export" type="button">${escapeHtml(t('Export…'))}</button>
        <button id="aiwf-show-findings" type="button" aria-expanded="false" aria-controls="aiwf-side">${escapeHtml(t('Findings'))} <span id="aiwf-count"></span></button>
        <button id="aiwf-show-outline" type="button" aria-expanded="false" aria-controls="aiwf-side">${escapeHtml(t('Outline'))}</button>
      </div>
    </header>
    <p id="aiwf-notice" role="status" aria-live="polite" hidden></p>
    <p id="aiwf-live" class="aiwf-hidden" role="status" aria-live="polite"></p>
    <div id="aiwf-middle">
      <div id="aiwf-view" role="tabpanel" aria-labelledby="aiwf-view-flow">
        <div id="aiwf-canvas"></div>
        <div id="aiwf-page" tabindex="0" hidden></div>
        <svg id="aiwf-minimap" aria-hidden="true" hidden></svg>
      </div>
      <aside id="aiwf-side" aria-label="${escapeHtml(t('Details'))}" hidden></aside>
    </div>
    <footer id="aiwf-footer">
      <ul id="aiwf-legend" aria-label="${escapeHtml(t('Legend'))}"></ul>
      <div id="aiwf-tools" role="toolbar" aria-label="${escapeHtml(t('Zoom'))}">
        <button id="aiwf-zoom-out" type="button" aria-label="${escapeHtml(t('Zoom out'))}" title="${escapeHtml(t('Zoom out'))}">−</button>
        <button id="aiwf-zoom-in" type="button" aria-label="${escapeHtml(t('Zoom in'))}" title="${escapeHtml(t('Zoom in'))}">+</button>
        <button id="aiwf-fit" type="button" title="${escapeHtml(t('Show the whole workflow'))}">${escapeHtml(t('Fit'))}</button>
      </div>
    </footer>
  </main>
  <script nonce="${escapeHtml(nonce)}" src="${escapeHtml(scriptUri)}"></script>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
