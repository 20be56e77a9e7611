import { BrowserWindow } from 'electron';
import type { WebContentsPrintOptions } from 'electron';
import path from 'node:path';
import { fail, succeed } from '../../../shared/errors/result.ts';
import type { Result } from '../../../shared/errors/result.ts';
import type { Handlers } from '../../../shared/ipc/contract.ts';
import { renderedSchema } from '../../../shared/ipc/documents.ts';
import type { DocumentRequest, Rendered, documentContract } from '../../../shared/ipc/documents.ts';
import type { DataClient } from '../clients.ts';
import { writeLog } from '../log.ts';
import { DOCUMENT_URL } from '../security/content.ts';
import { printContents } from '../window.ts';
import type { FileDialogs } from './dialogs.ts';
import { saveWhole } from './saving.ts';

/** Twenty thousand rows are some seven hundred pages. */
const RENDER_DEADLINE_MS = 120_000;
/** What the page promises (renderer/document.tsx). */
const PROMISE = 'window.rendered';

/** The page brings its own margins. */
const PAPER: WebContentsPrintOptions = { pageSize: 'A4', margins: { marginType: 'none' } };

interface DocumentsOptions {
  readonly data: Pick<DataClient, 'output.note'>;
  readonly dialogs: Pick<FileDialogs, 'chooseTarget'>;
  readonly outFolder: string;
  /** The program's window: what is open for a document closes with it. */
  readonly window: () => BrowserWindow;
}

/** Documents as PDF and on paper, drawn by the window's own print engine; one after the other. */
export class Documents {
  readonly #options: DocumentsOptions;
  #before: Promise<unknown> = Promise.resolve();

  constructor(options: DocumentsOptions) {
    this.#options = options;
  }

  readonly handlers: Handlers<typeof documentContract> = {
    'document.save': async ({ request, fileName }) => {
      const target = await this.#options.dialogs.chooseTarget(fileName);
      if (target === null) return succeed({ path: null });
      const pdf = await this.#draw(request, ({ webContents }) =>
        webContents.printToPDF({ preferCSSPageSize: true, printBackground: true }).then(succeed),
      );
      if (!pdf.ok) return pdf;
      const saved = await saveWhole(target, pdf.value);
      return saved.ok ? succeed({ path: target }) : saved;
    },
    'document.print': ({ request }) =>
      this.#draw(request, ({ webContents }, { landscape }) =>
        printContents(webContents, { ...PAPER, landscape }),
      ),
  };

  #draw<T>(
    request: DocumentRequest,
    use: (window: BrowserWindow, rendered: Rendered) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const drawn = this.#before.then(() => this.#drawNow(request, use));
    this.#before = drawn;
    return drawn;
  }

  /** Never rejects: what goes wrong with the page or the print engine is DOCUMENT_FAILED. */
  async #drawNow<T>(
    request: DocumentRequest,
    use: (window: BrowserWindow, rendered: Rendered) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    let window: BrowserWindow | undefined;
    try {
      window = this.#open();
      return await Promise.race([this.#drawIn(window, request, use), gone(window)]);
    } catch (error) {
      writeLog('document', error instanceof Error ? (error.stack ?? '') : String(error));
      return fail('DOCUMENT_FAILED', String(error));
    } finally {
      if (window?.isDestroyed() === false) window.destroy();
    }
  }

  async #drawIn<T>(
    window: BrowserWindow,
    request: DocumentRequest,
    use: (window: BrowserWindow, rendered: Rendered) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const rendered = await render(window, request);
    if (!rendered.ok) return rendered;
    const { title: what, rows } = rendered.value;
    const noted = await this.#options.data['output.note']({ what, rows });
    return noted.ok ? use(window, rendered.value) : noted;
  }

  #open(): BrowserWindow {
    return new BrowserWindow({
      show: false,
      parent: this.#options.window(),
      webPreferences: {
        preload: path.join(this.#options.outFolder, 'preload', 'preload.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
        // a window out of sight would wait between two pieces of work
        backgroundThrottling: false,
      },
    });
  }
}

/**
 * Rejects when the page ends or its window is closed: what was asked of it then may never be answered,
 * and the next document would wait for it.
 */
function gone(window: BrowserWindow): Promise<never> {
  return new Promise((_resolve, reject) => {
    window.webContents.once('render-process-gone', (_event, { reason }) => {
      reject(new Error(`the page ended: ${reason}`));
    });
    window.once('closed', () => {
      reject(new Error('the window was closed'));
    });
  });
}

async function render(window: BrowserWindow, request: DocumentRequest): Promise<Result<Rendered>> {
  const answer = async (): Promise<unknown> => {
    await window.loadURL(`${DOCUMENT_URL}#${encodeURIComponent(JSON.stringify(request))}`);
    return window.webContents.executeJavaScript(PROMISE);
  };
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => {
      reject(new Error(`not rendered within ${RENDER_DEADLINE_MS} ms`));
    }, RENDER_DEADLINE_MS).unref();
  });
  const said = renderedSchema.safeParse(await Promise.race([answer(), late]));
  if (!said.success) throw new Error(`the page said something else: ${said.error.message}`);
  return said.data;
}
