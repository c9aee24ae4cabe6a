/** Which commands may be carried out twice. */
import type { Command } from './client';

const READING = /(^|\.)(list|get|fields|types|profile|scope|time|findbycomm)$/;

export const isReading = ({ method }: Command): boolean => READING.test(method);

/** A request of nothing but such commands is sent again by itself when its answer is lost. */
export const isRepeatable = (command: Command): boolean => command.repeatable ?? isReading(command);
