/** The value of a constant expression of C with numbers, names and + - * / << >> | & ~ ( ); undefined for anything else. */
export function constant(text: string, lookup: (name: string) => number | undefined): number | undefined {
  const tokens =
    text.replace(/\/\*.*?\*\/|\/\/.*/g, ' ').match(/0[xX][\da-fA-F]+|\d+|[A-Za-z_]\w*|<<|>>|[-+*/|&~()]|\S/g) ?? [];
  let at = 0;
  const fail = (): never => {
    throw new SyntaxError(text);
  };
  const primary = (): number => {
    const token = tokens[at] ?? fail();
    at += 1;
    if (/^\d/.test(token)) {
      while (/^[uUlL]+$/.test(tokens[at] ?? '')) at += 1; // 43UL
      return Number(/^0\d/.test(token) ? `0o${token.slice(1)}` : token);
    }
    if (token === '-') return -primary();
    if (token === '+') return primary();
    if (token === '~') return ~primary();
    if (token === '(') {
      const value = level(0);
      if (tokens[at] !== ')') fail();
      at += 1;
      return value;
    }
    return /^\w/.test(token) ? (lookup(token) ?? fail()) : fail();
  };
  const levels = [['|'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/']];
  const level = (depth: number): number => {
    const operators = levels[depth];
    if (operators === undefined) return primary();
    let value = level(depth + 1);
    for (let operator = tokens[at]; operator !== undefined && operators.includes(operator); operator = tokens[at]) {
      at += 1;
      value = combine(value, operator, level(depth + 1));
    }
    return value;
  };
  try {
    const value = level(0);
    return at === tokens.length && Number.isSafeInteger(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function combine(left: number, operator: string, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return Math.trunc(left / right);
    case '<<':
      return left * 2 ** right;
    case '>>':
      return Math.floor(left / 2 ** right);
    case '&':
      return left & right;
    default:
      return left | right;
  }
}
