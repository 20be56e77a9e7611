import { dialog } from 'electron';
import type { BrowserWindow, OpenDialogOptions } from 'electron';
import type { BackupDialogues } from '../broker/backups.ts';

const SUFFIX = 'jctbak';

/** The system's own dialogues for backups; undefined when the clerk closes one. */
export function backupDialogues(window: () => BrowserWindow): BackupDialogues {
  const ask = async (options: OpenDialogOptions) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(window(), options);
    return canceled ? undefined : filePaths[0];
  };
  return {
    chooseFolder: () =>
      ask({
        title: '选择存放备份的文件夹',
        buttonLabel: '备份到这里',
        properties: ['openDirectory', 'createDirectory'],
      }),
    chooseFile: () =>
      ask({
        title: '选择要恢复的备份',
        buttonLabel: '选择',
        properties: ['openFile'],
        filters: [{ name: '缴存通备份', extensions: [SUFFIX] }],
      }),
  };
}
