import {isObject, shorten, type Json} from '../json';
import {named} from './names';

/** What is told of a metric of a file's that the model is compiled without. */
export function leftOut(metric: Json): string {
  return `left out metric ${shorten(named(metric)?.name ?? metric)}, ${reason(metric)}; the logs lack it`;
}

/** The same for weighted_metrics: those count examples by the weights that they are given, which metrics here don't. */
export function leftOutWeighted(metrics: readonly Json[]): string {
  const names = metrics.map((metric) => shorten(named(metric)?.name ?? metric)).join(', ');
  return `left out weighted_metrics ${names}: metrics count all examples alike here; the logs and files saved from here lack them`;
}

function reason(metric: Json): string {
  const given = named(metric);
  const {thresholds, average = null} = given?.config ?? {};
  if (Array.isArray(thresholds) && thresholds.length > 1) {
    return `whose ${thresholds.length} thresholds give as many numbers, where logs have one: in Keras, compile with a metric for each threshold`;
  }
  if (isObject(metric) && /^F(1|Beta)Score$/.test(given?.name ?? '') && average === null) {
    return `which gives a number for each class, where logs have one: in Keras, compile with average="macro"`;
  }
  return "which isn't computed here";
}
