# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""Every model of the window runs under QAbstractItemModelTester in a test (ui.md 4.4).

A test says so with `ModelWatch name(model, "Class")`, or `WATCH(view, "Class")` of tst_models.cpp: it fails
when it runs if the model is not of this class (tests/support/modelwatch.h). So the names can be believed.

usage: models.py <root of the repository>
"""

import re
import sys

import sources

MODEL = re.compile(r'class (\w+)(?: final)?\s*:\s*public\s+'
                   r'(?:QAbstract(?:Item|List|Table|Proxy)Model|Q(?:Identity|SortFilter)ProxyModel|QStringListModel|'
                   r'QStandardItemModel|PagedTableModel|PagedRows)\b')
BASES = {'PagedTableModel', 'PagedRows'}
# What is watched is the argument before the name; a name that is not a literal is that of a macro.
WATCH = re.compile(r'\b(?:ModelWatch\s+\w+|WATCH)\(\s*[^;"]+,\s*"(\w+)"\s*\)\s*;')


def models(text):
    return set(MODEL.findall(text)) - BASES


def watched(text):
    return set(WATCH.findall(sources.without_comments(text, keeps_literals=True)))


def finds_forged_tests():
    return all([
        models('class A final : public QAbstractListModel\nclass B : public PagedRows<Rows>\n'
               'class C : public QObject\nclass D : public QSortFilterProxyModel\n') == {'A', 'B', 'D'},
        watched('WATCH(table, "A");\nconst ModelWatch watch(stage.table->model(),\n     "B");') == {'A', 'B'},
        # A tester of something else, and the name somewhere beside it.
        not watched('// ModelWatch watch(model, "A");\n/* WATCH(table, "B"); */\n'
                    'QAbstractItemModelTester tester(other);\nA model;\ncheck("A");\n'
                    '#define WATCH(view, className) const Watch watch(view, className);\n'),
    ])


def main(root):
    sources.self_test('models', finds_forged_tests())
    headers = sources.files(root, ['ui'], ('.h', '.cpp'))
    known = {model: path for path in headers for model in sorted(models(sources.read(root, path)))}
    tests = sources.files(root, ['tests/ui', 'tests/unit/ui'], ('.cpp',))
    found = set().union(*(watched(sources.read(root, path)) for path in tests))
    errors = [f'{path}: no test watches {model} (tests/support/modelwatch.h)'
              for model, path in sorted(known.items()) if model not in found]
    errors += [f'{model}: a test watches it, but there is no such model' for model in sorted(found - set(known))]
    sources.finish('models', errors, len(known))


main(sys.argv[1])
