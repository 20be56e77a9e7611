export const about = {
  title: '关于',
  version: '程序版本',
  unit: '单位',
  runtime: '运行环境',
  data: '本机数据',
  dataProtected: '已加密，密钥由操作系统保管',
  dataPractice: '已加密；演练中密钥就存放在数据旁',
  parameters: '中心参数版本',
  demoParameters: '演练参数',
  practice: '演练',
  practiceAbout:
    '现在是演练：连接的是演练中心，使用的是演示钥匙和虚构的职工，提交的业务不会进入真实的公积金系统。',
  help: '使用说明',
} as const;
