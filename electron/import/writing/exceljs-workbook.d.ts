/**
 * The part of exceljs that builds and writes a workbook. Loading it alone leaves the reading and
 * streaming side, with a hundred packages more, out of the bundle.
 */
declare module 'exceljs/lib/doc/workbook.js' {
  import { Workbook } from 'exceljs';

  export default Workbook;
}
