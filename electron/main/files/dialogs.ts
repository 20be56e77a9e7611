import { dialog } from 'electron';
import type { BrowserWindow } from 'electron';

/** The system's own questions for a file; null when the clerk closes them. */
export interface FileDialogs {
  /** A table to bring in. */
  chooseTable(): Promise<string | null>;
  /** Where to save a file; the system asks before a file there is replaced (manual 十二.11). */
  chooseTarget(fileName: string): Promise<string | null>;
  /** A folder for several files. */
  chooseFolder(): Promise<string | null>;
}

const fileNames: Readonly<Record<string, string>> = { csv: 'CSV 表格', pdf: 'PDF 文件' };

function filterOf(fileName: string): { name: string; extensions: string[] } {
  const extension = fileName.split('.').at(-1) ?? 'xlsx';
  return { name: fileNames[extension] ?? 'Excel 工作簿', extensions: [extension] };
}

/** Over the program's window. */
export function fileDialogs(window: () => BrowserWindow): FileDialogs {
  return {
    chooseTable: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: '选择要导入的文件',
        buttonLabel: '导入',
        properties: ['openFile', 'dontAddToRecent'],
        filters: [
          { name: '表格文件', extensions: ['xlsx', 'xls', 'xlsm', 'csv'] },
          { name: '所有文件', extensions: ['*'] },
        ],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
    chooseTarget: async (fileName) => {
      const { canceled, filePath } = await dialog.showSaveDialog(window(), {
        title: '保存到',
        buttonLabel: '保存',
        defaultPath: fileName,
        properties: ['showOverwriteConfirmation', 'createDirectory', 'dontAddToRecent'],
        filters: [filterOf(fileName)],
      });
      return canceled || filePath === '' ? null : filePath;
    },
    chooseFolder: async () => {
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: '选择保存的文件夹',
        buttonLabel: '保存到这里',
        properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
  };
}
