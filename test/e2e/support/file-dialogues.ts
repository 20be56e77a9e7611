import path from 'node:path';
import type { ElectronApplication } from 'playwright-core';

/**
 * The system's own file dialogues belong to the operating system and cannot be worked by a test:
 * what answers in their place stands here, and is the one thing in the program that is not its own.
 */
export class FileDialogues {
  readonly #app: ElectronApplication;

  constructor(app: ElectronApplication) {
    this.#app = app;
  }

  /** The clerk will choose this file, or close the dialogue (null). */
  async willChoose(file: string | null): Promise<void> {
    await this.#app.evaluate(({ dialog }, chosen) => {
      dialog.showOpenDialog = () =>
        Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
    }, file);
  }

  /** The clerk will save into this folder, under the name that is proposed. */
  async willSaveInto(folder: string): Promise<void> {
    await this.#app.evaluate(
      ({ dialog }, [place, separator]) => {
        const answer = (_window: unknown, { defaultPath = '' }: { defaultPath?: string }) =>
          Promise.resolve({ canceled: false, filePath: place + separator + defaultPath });
        dialog.showSaveDialog = answer as typeof dialog.showSaveDialog;
      },
      [folder, path.sep] as const,
    );
  }
}
