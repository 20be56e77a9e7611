import { Button } from 'antd';
import { exportList, useIsPuttingOut } from '../state/output.ts';
import type { ExportedList } from '../state/output.ts';
import { output as words } from '../text/output.ts';

/** 导出 Excel of a list, at the moment of the click. */
export function ExportButton<Row>({ list }: { list: ExportedList<Row> | undefined }) {
  const isBusy = useIsPuttingOut();
  return (
    <Button
      disabled={isBusy || !list || list.total === 0}
      onClick={() => {
        if (list) void exportList(list);
      }}
    >
      {words.export}
    </Button>
  );
}
