// The page of the diagram panel. Its policy allows our script and style sheet and nothing else: no network, no eval.
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
    <p id="aiwf-notice" role="status" aria-live="polite" hidden></p>
    <div id="aiwf-canvas"></div>
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
