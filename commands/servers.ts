/** Whom a linked server may be told to. */
import type { Asker } from './command.ts';

/** Whether a member may ask about a linked server. */
export const mayAskOf = ({ isOpen }: { isOpen: boolean }, { isManager }: Pick<Asker, 'isManager'>): boolean =>
  isOpen || isManager;
