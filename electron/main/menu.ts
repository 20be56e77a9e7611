import { Menu } from 'electron';
import type { MenuItemConstructorOptions } from 'electron';
import type { Screen } from '../../shared/ipc/screens.ts';

interface MenuActions {
  readonly open: (screen: Screen) => void;
  readonly quit: () => void;
}

/** The manual's four menus (四(一)) in the window's own menu bar. */
export function setMenu({ open, quit }: MenuActions): void {
  const screen = (label: string, name: Screen): MenuItemConstructorOptions => ({
    label,
    click: () => {
      open(name);
    },
  });
  const template: MenuItemConstructorOptions[] = [
    {
      label: '系统管理',
      submenu: [
        screen('职工信息同步', 'roster-sync'),
        screen('批量业务文本格式下载', 'templates'),
        screen('操作记录', 'audit-trail'),
        screen('备份与恢复', 'backup'),
        screen('申请表', 'applications'),
        { type: 'separator' },
        { label: '退出系统', click: quit },
      ],
    },
    {
      label: '变更登记',
      submenu: [
        screen('职工登记', 'registration'),
        screen('批量职工登记', 'batch-registration'),
        { type: 'separator' },
        screen('职工减少', 'reduction'),
        screen('批量职工减少', 'batch-reduction'),
        { type: 'separator' },
        screen('漏缴补缴', 'missed-back-pay'),
        screen('批量漏缴补缴', 'batch-missed-back-pay'),
        { type: 'separator' },
        screen('少缴补缴', 'shortfall-back-pay'),
        screen('批量少缴补缴', 'batch-shortfall-back-pay'),
        { type: 'separator' },
        screen('待柜面', 'counter'),
      ],
    },
    {
      label: '综合查询',
      submenu: [
        screen('职工登记信息查询', 'registration-results'),
        screen('职工补缴信息查询', 'back-pay-results'),
        screen('职工减少信息查询', 'reduction-results'),
        screen('职工缴存明细查询', 'roster-query'),
        screen('单位网上对账', 'month-close'),
      ],
    },
    {
      label: '帮助',
      submenu: [
        // the page itself hears the key: it knows which screen or dialogue is asked about
        { ...screen('使用说明', 'help'), accelerator: 'F1', registerAccelerator: false },
        screen('中心通知', 'notices'),
        screen('诊断信息', 'diagnostics'),
        screen('关于', 'about'),
        { type: 'separator' },
        { label: '放大', role: 'zoomIn' },
        { label: '缩小', role: 'zoomOut' },
        { label: '实际大小', role: 'resetZoom' },
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
