import { ask, type Operation, POINTERS, settingText } from './operation.ts';
import { Random } from './random.ts';
import type { Script } from './script.ts';

/** Each setting of each field once, then random combinations of settings, then the struct at odd places. */
export function sweep(script: Script, operation: Operation, salt: string): void {
  const { name, fields, odd } = operation;
  ask(script, `${name}.base`, operation, []);
  fields.forEach((field, index) => {
    for (let setting = 1; setting < field.settings.length; setting++) {
      const choice = fields.map((_, other) => (other === index ? setting : 0));
      const value = settingText(field.settings[setting] ?? 0);
      ask(script, `${name}.${field.label}.${setting === 0 ? '' : value}`, operation, choice);
    }
  });
  const random = new Random(`${name} ${salt}`);
  for (let count = 0; count < operation.random; count++) {
    ask(script, `${name}.random${count}`, operation, combination(operation, random));
  }
  if (!odd) return;
  for (const place of POINTERS) if (place !== 'plain') ask(script, `${name}.struct.${place}`, operation, [], place);
}

/** Two or three fields at random settings, or all of them. */
export function combination({ fields }: Operation, random: Random): number[] {
  const choice = fields.map(() => 0);
  const wide = random.below(10);
  const count = wide < 5 ? 2 : wide < 8 ? 3 : fields.length;
  for (let each = 0; each < count && fields.length > 0; each++) {
    const index = random.below(fields.length);
    choice[index] = random.below(fields[index]?.settings.length ?? 1);
  }
  return choice;
}
