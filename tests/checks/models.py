# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""Every model of the window runs under QAbstractItemModelTester in a test that names it (ui.md 4.4).

usage: models.py <root of the repository>
"""

import re
import sys

import sources

MODEL = re.compile(r'class (\w+)(?: final)?\s*:\s*public\s+'
                   r'(?:QAbstract(?:Item|List|Table)Model|PagedTableModel|PagedRows)\b')
BASES = {'PagedTableModel', 'PagedRows'}


def models(text):
    return set(MODEL.findall(text)) - BASES


def main(root):
    sources.self_test('models', models('class A final : public QAbstractListModel\n'
                                       'class B : public PagedRows<Rows>\nclass C : public QObject\n')
                      == {'A', 'B'})
    headers = sources.files(root, ['ui'], ('.h', '.cpp'))
    known = {model: path for path in headers for model in sorted(models(sources.read(root, path)))}
    tests = [sources.read(root, path) for path in sources.files(root, ['tests/ui', 'tests/unit/ui'], ('.cpp',))]
    watched = '\n'.join(text for text in tests if 'QAbstractItemModelTester' in text)
    errors = [f'{path}: no test with a QAbstractItemModelTester names {model}'
              for model, path in sorted(known.items()) if not re.search(rf'\b{model}\b', watched)]
    sources.finish('models', errors, len(known))


main(sys.argv[1])
