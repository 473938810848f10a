# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""SPDX lines in every source, `#pragma once` in every header, sizes of style.md 2.12.

Over the aim is a warning, over the limit an error, unless tests/checks/sizes.txt gives a reason.

usage: headers.py <root of the repository>
"""

import re
import sys

import sources

FOLDERS = ['devserver', 'app', 'ui', 'tests', 'packaging', '.ci']
# REUSE-IgnoreStart: these are the texts to look for, not the licence of this file.
SPDX = ('SPDX-FileCopyrightText: 2026 The Redrive authors', 'SPDX-License-Identifier: Apache-2.0')
# REUSE-IgnoreEnd

# (what, aim, limit), style.md 2.12
HEADER, SOURCE, TEST, FUNCTION = (
    ('header', 120, 200), ('source', 300, 500), ('test file', 400, 700), ('function', 30, 60))


def licence_errors(path, text):
    lines = text.split('\n')
    first = 1 if lines[0].startswith('#!') else 0
    here = [re.sub(r'^(//|#) ', '', line) for line in lines[first:first + 2]]
    return [] if here == list(SPDX) else [f'{path}:{first + 1}: the two SPDX lines are missing']


def pragma_errors(path, text):
    once = not path.endswith('.h') or re.search(r'^#pragma once$', text, re.MULTILINE)
    return [] if once else [f'{path}:1: #pragma once is missing']


def functions(text):
    """(name, line, lines) of each function. Relies on clang-format: its brace is alone on a line."""
    lines = sources.without_comments(text).split('\n')
    for at, line in enumerate(lines):
        if not re.fullmatch(r'\s*\{', line):
            continue
        begin = at
        while begin > 0 and lines[begin - 1].strip() and not re.search(r'[;{}:]\s*$', lines[begin - 1]):
            begin -= 1
        head = ' '.join(lines[begin:at])
        name = re.search(r'([\w:~]+|operator\W+)\s*\(', head)
        if not name or re.match(r'\s*(class|struct|enum|union|namespace|template\b.*\bconcept)\b', head):
            continue
        end = next((n for n in range(at, len(lines)) if lines[n].rstrip() == line[:-1] + '}'), at)
        yield name.group(1), begin + 1, end - begin + 1


def sizes(path, text):
    """(key in sizes.txt, place, what, aim, limit, lines) of the file and its functions."""
    kind = TEST if path.startswith('tests/') else HEADER if path.endswith('.h') else SOURCE
    yield path, path, *kind, text.count('\n')
    if path.endswith(('.h', '.cpp')):
        for name, line, lines in functions(text):
            if path.startswith('tests/') and name.endswith('_data'):
                continue # a table of rows, as long as there are cases
            yield f'{path}#{name}', f'{path}:{line}: {name}', *FUNCTION, lines


def read_reasons(text):
    """`<path>[#function] <lines allowed> <reason>` → {key: lines}."""
    entries = [line.split(None, 2) for line in text.split('\n') if line and line[0] != '#']
    return {key: int(lines) for key, lines, reason in entries}


def size_findings(path, text, reasons, used):
    """(errors, warnings); keys of `reasons` that are needed are put into `used`."""
    errors, warnings = [], []
    for key, place, what, aim, limit, lines in sizes(path, text):
        if key in reasons and lines > limit:
            used.add(key)
            limit = max(limit, reasons[key])
        if lines > limit:
            errors.append(f'{place}: {what} of {lines} lines, the limit is {limit}')
        elif lines > aim:
            warnings.append(f'warning: {place}: {what} of {lines} lines, the aim is {aim}')
    return errors, warnings


def finds_forged_files():
    licence = ''.join(f'// {line}\n' for line in SPDX)
    def size_errors(path, text, reasons):
        return size_findings(path, text, reasons, set())[0]
    long_function = 'int f(\n    int a)\n{\n' + '    a();\n' * 58 + '}\n'
    return all([
        licence_errors('a.cpp', '// nothing\n'),
        licence_errors('run', '#!/bin/sh\necho\n'),
        not licence_errors('run', '#!/bin/sh\n' + licence.replace('//', '#')),
        pragma_errors('a.h', licence),
        size_errors('devserver/a.h', '\n' * 201, {}),
        not size_errors('devserver/a.h', '\n' * 201, {'devserver/a.h': 210}),
        not size_errors('tests/a.cpp', '\n' * 700, {}),
        size_errors('devserver/a.cpp', long_function, {}),
        not size_errors('devserver/a.cpp', long_function, {'devserver/a.cpp#f': 62}),
        not size_errors('tests/a.cpp', long_function.replace('f(', 'f_data('), {}),
        not size_errors('devserver/a.cpp', 'class A\n{\n' + 'int a;\n' * 99 + '}\n', {}),
    ])


def main():
    root = sys.argv[1]
    sources.self_test('headers', finds_forged_files())
    reasons, used = read_reasons(sources.read(root, 'tests/checks/sizes.txt')), set()
    code = sources.files(root, FOLDERS, ['.h', '.cpp', '.py', '.mjs', '.js', '.ts'])
    scripts = sources.files(root, FOLDERS, ['CMakeLists.txt', '.sh', 'packaging/dev', '.ci/run'])
    scripts += [path for path in ('packaging/dev', '.ci/run', 'CMakeLists.txt')]
    errors = []
    for path in sorted(set(code + scripts)):
        text = sources.read(root, path)
        errors += licence_errors(path, text) + pragma_errors(path, text)
        if path in code:
            too_long, warnings = size_findings(path, text, reasons, used)
            errors += too_long
            print(*warnings, sep='\n', end='\n' if warnings else '')
    errors += [f'tests/checks/sizes.txt: {key} is not needed' for key in sorted(set(reasons) - used)]
    sources.finish('headers', errors, len(code) + len(scripts))


main()
