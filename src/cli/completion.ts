import { say } from '../language/say.ts';
import { type Command, UsageError } from './command.ts';
import { commands } from './commands.ts';
import { shownOptions } from './help-text.ts';

const SCRIPTS: Readonly<Record<string, (all: readonly CompletedCommand[]) => string>> = { bash, zsh, fish };
const SHELLS = Object.keys(SCRIPTS);

export const completion: Command = {
  name: 'completion',
  usage: `${SHELLS.join('|')}`,
  about: `Prints a script that makes the shell complete fauxen's commands, options and files. To have it in each new shell:

bash: fauxen completion bash > ~/.local/share/bash-completion/completions/fauxen

zsh: fauxen completion zsh > DIR/_fauxen, DIR being in $fpath

fish: fauxen completion fish > ~/.config/fish/completions/fauxen.fish`,
  options: {},

  async run(_values, words) {
    const [shell = '', ...more] = words;
    const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
    if (more.length > 0 || script === undefined)
      throw new UsageError(say('it takes one of {shells}', { shells: SHELLS.join(', ') }));
    const loaded = await Promise.all(
      Object.entries(commands).map(async ([name, { summary, load }]) => optionsOf(name, summary, await load())),
    );
    const { writeAll } = await import('../daemon/log/write-all.ts');
    writeAll(1, script(loaded));
    return 0;
  },
};

interface CompletedOption {
  name: string;
  short: string | undefined;
  help: string;
  /** Its value: none, one of these words, a directory, a file, or anything. */
  value: 'none' | 'directory' | 'file' | 'any' | readonly string[];
}

interface CompletedCommand {
  name: string;
  summary: string;
  /** Its arguments are a program and that program's arguments. */
  runsProgram: boolean;
  options: CompletedOption[];
}

function optionsOf(name: string, summary: string, command: Command): CompletedCommand {
  const options = shownOptions(command).map(([option, spec]): CompletedOption => {
    const { short, choices, type, value = '', help = '' } = spec;
    const kind = /^(DIR|OTHER)/.test(value) ? 'directory' : value === 'FILE' ? 'file' : 'any';
    return { name: option, short, help, value: type === 'boolean' ? 'none' : (choices ?? kind) };
  });
  return { name, summary, runsProgram: command.stopsAtFirstWord === true, options };
}

const HEAD = '# Completion of fauxen. Made by: fauxen completion';

/** What completes a value, as an option of compgen. */
const BASH_VALUES = { none: '', directory: '-d', file: '-f', any: "-W ''" } as const;

function bash(all: readonly CompletedCommand[]): string {
  const cases = all.map(({ name, options, runsProgram }) => {
    const words = options.flatMap(({ name, short }) => [`--${name}`, ...(short === undefined ? [] : [`-${short}`])]);
    const values = options
      .filter(({ value }) => value !== 'none')
      .map(({ name, value }) => {
        const how = typeof value === 'string' ? BASH_VALUES[value] : `-W '${value.join(' ')}'`;
        return `        --${name}) COMPREPLY=($(compgen ${how} -- "$word")); return ;;`;
      });
    const otherwise = runsProgram ? '-c -f' : '-f';
    return `    ${name})
      case $before in
${values.join('\n')}
      esac
      if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word"))
      else COMPREPLY=($(compgen ${otherwise} -- "$word")); fi ;;`;
  });
  return `${HEAD} bash
_fauxen() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]}
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W '${[...all.map(({ name }) => name), 'help', '--help', '--version'].join(' ')}' -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
    help) COMPREPLY=($(compgen -W '${all.map(({ name }) => name).join(' ')}' -- "$word")) ;;
${cases.join('\n')}
  esac
}
complete -o filenames -F _fauxen fauxen
`;
}

function zsh(all: readonly CompletedCommand[]): string {
  const quote = (text: string) => text.replaceAll("'", "'\\''").replace(/[[\]:]/g, '\\$&');
  const cases = all.map(({ name, options, runsProgram }) => {
    const specs = options.map(({ name, short, help, value }) => {
      const action = Array.isArray(value)
        ? `:value:(${value.join(' ')})`
        : { none: '', directory: ':directory:_files -/', file: ':file:_files', any: ':value: ' }[value as string];
      const names = short === undefined ? `'--${name}` : `'(-${short} --${name})'{-${short},--${name}}'`;
      return `      ${names}[${quote(help)}]${action}'`;
    });
    const rest = runsProgram ? `      '*::program:_normal'` : `      '*:file:_files'`;
    return `    ${name}) _arguments -S \\\n${[...specs, rest].join(' \\\n')} ;;`;
  });
  return `#compdef fauxen
${HEAD} zsh
_fauxen() {
  if ((CURRENT == 2)); then
    local -a found=(${all.map(({ name, summary }) => `'${name}:${quote(summary)}'`).join(' ')})
    _describe command found
    return
  fi
  shift words
  ((CURRENT--))
  case $words[1] in
${cases.join('\n')}
  esac
}
_fauxen "$@"
`;
}

/** What an option takes, as options of complete. */
const FISH_VALUES = { none: '', directory: ' -r', file: ' -r', any: ' -x' } as const;

function fish(all: readonly CompletedCommand[]): string {
  const quote = (text: string) => text.replace(/['\\]/g, '\\$&');
  const first = all.map(
    ({ name, summary }) => `complete -c fauxen -n __fish_use_subcommand -f -a ${name} -d '${quote(summary)}'`,
  );
  const options = all.flatMap(({ name: command, options }) =>
    options.map(({ name, short, help, value }) => {
      const after = typeof value === 'string' ? FISH_VALUES[value] : ` -x -a '${value.join(' ')}'`;
      const letter = short === undefined ? '' : ` -s ${short}`;
      return `complete -c fauxen -n '__fish_seen_subcommand_from ${command}' -l ${name}${letter}${after} -d '${quote(help)}'`;
    }),
  );
  return `${HEAD} fish\n${[...first, ...options].join('\n')}\n`;
}
