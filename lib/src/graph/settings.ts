/** A property that a step reads, in JavaScript, as it runs. */
export interface Setting {
  owner: object;
  key: string;
  value: unknown;
  /** For people: "rate of the layer dropout_1". */
  name: string;
}

/** What a step reads besides its inputs and its variables. */
export interface Settings {
  settings: Setting[];
  /** What has code of the user's, which may read other things, too: functions, and objects of the user's classes. */
  code: object[];
}

/** What differs between two looks at the settings of one step; undefined when nothing does. */
export function changedSetting(before: Settings, after: Settings): Setting | undefined {
  const count = Math.max(before.settings.length, after.settings.length);
  for (let i = 0; i < count; i++) {
    const [old, now] = [before.settings[i], after.settings[i]];
    if (old?.owner !== now?.owner || old?.key !== now?.key || !Object.is(old?.value, now?.value)) return now ?? old;
  }
  return undefined;
}

/** Gives the properties the values that they had. */
export function restore({settings}: Settings): void {
  for (const {owner, key, value} of settings) Object.assign(owner, {[key]: value});
}
