import { App as AntdApp, ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './main.css';
import './start.css';
import './frame.css';
import './page.css';
import './grid.css';
import './entry.css';
import './queue.css';
import './batch.css';
import './story.css';
import './backup.css';
import './month-close.css';
import './output.css';
import './help.css';
import { theme } from './theme.ts';

dayjs.locale('zh-cn');

const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no root element');

createRoot(root).render(
  <StrictMode>
    <ConfigProvider
      locale={zhCN}
      csp={{ nonce }}
      theme={theme}
      button={{ autoInsertSpace: false, loadingIcon: <span className="spinner" /> }}
    >
      <AntdApp className="app">
        <App />
      </AntdApp>
    </ConfigProvider>
  </StrictMode>,
);
