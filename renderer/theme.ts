import type { ThemeConfig } from 'antd';

export const theme: ThemeConfig = {
  cssVar: { key: 'jct' },
  token: {
    colorPrimary: '#1F5FBF',
    colorInfo: '#1F5FBF',
    colorSuccess: '#2E7D32',
    colorWarning: '#AD6800',
    colorError: '#C62828',
    controlOutline: 'rgba(31, 95, 191, 0.22)',
    controlOutlineWidth: 3,
    colorText: '#1F2329',
    borderRadius: 4,
    fontSize: 14,
    controlHeight: 34,
    fontFamily:
      "'Microsoft YaHei UI', 'PingFang SC', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif",
    motionDurationMid: '0.1s',
    motionDurationSlow: '0.12s',
  },
  components: { Button: { primaryShadow: 'none', defaultShadow: 'none' } },
};
