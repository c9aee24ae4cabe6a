import { DEAL_CARD } from '../../cards/cardKinds';
import { getManyOf } from '../getManyOf';

export const getMany = getManyOf(DEAL_CARD);
