import { createContext, useContext } from 'react';
import type { Description } from '../../shared/ipc/window.ts';

export const DescriptionContext = createContext<Description | undefined>(undefined);

/** What main says about this program and its configuration; read once when the window opens. */
export function useDescription(): Description {
  const description = useContext(DescriptionContext);
  if (!description) throw new Error('the description is read before any screen is shown');
  return description;
}
