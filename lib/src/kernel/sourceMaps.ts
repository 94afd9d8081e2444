/** From a place in the JavaScript that ran back to the place in the reader's cell or file. */
import {SourceMap} from 'node:module';
import type {SourceMaps, SourceMapText} from './compiler';

/** Counted from 0. */
export interface Place {
  line: number;
  column: number;
}

/** @returns undefined for code that the compiler added */
export function originalPlace([outer, inner]: SourceMaps, place: Place): Place | undefined {
  const middle = step(outer, place);
  return inner === undefined || middle === undefined ? middle : step(inner, middle);
}

function step(map: SourceMapText, {line, column}: Place): Place | undefined {
  const entry = new SourceMap({...map, file: '', sourceRoot: '', sourcesContent: []}).findEntry(line, column);
  return 'originalLine' in entry ? {line: entry.originalLine, column: entry.originalColumn} : undefined;
}
