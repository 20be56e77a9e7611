import type { DataValidation } from 'exceljs';

// the published types leave out how a rule is given to a range of cells at once
declare module 'exceljs' {
  interface Worksheet {
    readonly dataValidations: { add(range: string, rule: DataValidation): unknown };
  }
}
