# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""Every option in `redrived --help` stands in README.md and in the man page, and the other way round. The man page of
the window refers to that one; what it names exists, and all pages name the files that README.md names.

usage: optionsdoc.py <root of the repository> <redrived>
"""

import re
import subprocess
import sys

import sources

OPTION = re.compile(r'(?<![\w-])--[a-z][a-z-]+')
# Of other programs, in README.
FOREIGN = {'--preset', '--build', '--test-dir', '--data-binary', '--no-install-recommends', '--replay', '--server'}


FILE = re.compile(r'~/[\w./-]+\.(?:db|ini)\b')


def check_window(help_text, readme, pages):
    options = set(OPTION.findall(help_text))
    errors = [f'{path}: {option} does not exist' for path, text in pages.items()
              for option in sorted(set(OPTION.findall(text.replace('\\-', '-'))) - options)]
    errors += [f'{path}: {file} is not in README.md' for path, text in pages.items()
               for file in sorted(set(FILE.findall(text)) - set(FILE.findall(readme)))]
    return errors + [f'{path}: names no file' for path, text in pages.items() if not FILE.search(text)]


def check(help_text, documents):
    options = set(OPTION.findall(help_text))
    errors = []
    for path, text in documents.items():
        named = set(OPTION.findall(text.replace('\\-', '-'))) - FOREIGN
        errors += [f'{path}: {option} is missing' for option in sorted(options - named)]
        errors += [f'{path}: {option} does not exist' for option in sorted(named - options)]
        errors += [f'{path}: exit code {code} is missing'
                   for code in range(5) if not re.search(rf'(?m)^(\| |\.B )?`?{code}`?( |$)', text)]
    return errors


def finds_forged_files():
    codes = '\n0 a\n1 b\n2 c\n3 d\n4 e\n'
    return all([
        check('--port N --host H', {'man': '.B \\-\\-port' + codes}),
        check('--port N', {'man': '--port --prot' + codes}),
        check('--port N', {'man': '--port'}),
        not check('--port N', {'man': '--port' + codes}),
        check_window('--data F', '~/a/b.db', {'man': '--data ~/a/c.db'}),
        check_window('--data F', '~/a/b.db', {'man': '--date ~/a/b.db'}),
        check_window('--data F', '~/a/b.db', {'man': '--data'}),
        not check_window('--data F', '~/a/b.db', {'man': '\\-\\-data ~/a/b.db'}),
    ])


def main():
    root, program = sys.argv[1:3]
    sources.self_test('optionsdoc', finds_forged_files())
    shown = subprocess.run([program, '--help'], capture_output=True, text=True, check=True).stdout
    if '--port' not in shown:
        sys.exit(f'optionsdoc: {program} --help printed no options')
    documents = {path: sources.read(root, path)
                 for path in ('README.md', 'packaging/desktop/redrived.1')}
    pages = {path: sources.read(root, path)
             for path in ('packaging/desktop/redrived.1', 'packaging/desktop/redrive.1')}
    errors = check(shown, documents) + check_window(shown, documents['README.md'], pages)
    sources.finish('optionsdoc', errors, len(documents) + 1)


main()
