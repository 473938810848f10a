# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""What the checks share: which files there are, and how a check ends."""

import os
import re
import sys

SKIPPED = {'node_modules', 'build', 'fixtures', '.git', '__pycache__'}


def files(root, folders, endings):
    """Paths relative to the root, sorted; endings such as ('.h', '.cpp')."""
    found = []
    for folder in folders:
        for place, names, entries in os.walk(os.path.join(root, folder)):
            names[:] = [name for name in names if name not in SKIPPED]
            found += [os.path.relpath(os.path.join(place, entry), root)
                      for entry in entries if entry.endswith(tuple(endings))]
    return sorted(path.replace(os.sep, '/') for path in found)


def read(root, path):
    with open(os.path.join(root, path), encoding='utf-8') as file:
        return file.read()


def without_comments(text, keeps_literals=False):
    """C++ text with comments and, as a rule, the insides of literals blanked; lines keep their numbers."""
    def blank(match):
        token = match.group()
        if keeps_literals and token[0] != '/':
            return token
        kept = '""' if token[0] in '"\'R' else ''
        return kept + '\n' * token.count('\n')
    return re.sub(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|'
                  r"(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'",
                  blank, text, flags=re.DOTALL)


def finish(name, errors, counted):
    """Prints and ends the process: 1 if there are errors or nothing was read."""
    for error in errors:
        print(error)
    print(f'{name}: {counted} files, {len(errors)} errors')
    sys.exit(1 if errors or not counted else 0)


def self_test(name, passed):
    """A check that cannot fail is worth nothing; ends the process if the forged case slipped by."""
    if not passed:
        print(f'{name}: the self-test failed, this check would not find what it is for')
        sys.exit(1)
