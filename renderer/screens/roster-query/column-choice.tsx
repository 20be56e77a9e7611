import { Button, Checkbox, Popover } from 'antd';
import type { RosterColumn } from '../../../shared/ipc/queries.ts';
import { rosterColumnSchema } from '../../../shared/ipc/queries.ts';
import { rosterQuery as words } from '../../text/roster-query.ts';

interface ColumnChoiceProps {
  readonly chosen: readonly RosterColumn[];
  readonly onChoose: (columns: readonly RosterColumn[]) => void;
  readonly onUsual: () => void;
}

/** Which columns the list has; kept on this computer. */
export function ColumnChoice({ chosen, onChoose, onUsual }: ColumnChoiceProps) {
  const options = rosterColumnSchema.options.map((column) => ({
    value: column,
    label: words.columns[column],
  }));
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="column-choice">
          <Checkbox.Group
            options={options}
            value={[...chosen]}
            onChange={(columns) => {
              onChoose(columns);
            }}
          />
          <div className="buttons">
            <Button size="small" onClick={onUsual}>
              {words.usualColumns}
            </Button>
            <span className="muted">{words.columnsKept}</span>
          </div>
        </div>
      }
    >
      <Button>{words.chooseColumns}</Button>
    </Popover>
  );
}
