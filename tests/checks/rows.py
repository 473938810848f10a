# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""Every row of semantics and of protocol that rows.txt lists has a test that is found by its number.

usage: rows.py <root of the repository>
"""

import re
import sys

import sources

COMMENT = re.compile(r'^\s*//.*', re.MULTILINE)
# A row of a table: QTest::newRow("2.9 two seconds").
TAG = re.compile(r'\b(?:newRow|addRow|row)\(\s*"(\d+\.\d+)(?= )')
# The name of a test, also as the key of a table of tests: test('rows 28, 40: …', 'row 72: …': [….
NAME = re.compile(r'''^\s*(?:(?:test|journey)\(\s*)?(['"`])(?:(?!\1).)*?\brows? (\d+(?:, \d+)*)[:,]''', re.MULTILINE)


def expanded(part):
    """`2.1-2.3` as 2.1, 2.2, 2.3."""
    first, _, last = part.partition('-')
    head, dot, number = first.rpartition('.')
    return [f'{head}{dot}{n}' for n in range(int(number), int((last or first).rpartition('.')[2]) + 1)]


def due(text):
    """Kind and number of every row of the list."""
    lines = [line.split() for line in text.split('\n') if line.strip() and not line.startswith('#')]
    return [(kind, row) for kind, *parts in lines for part in parts for row in expanded(part)]


def rows(cpp):
    return set(TAG.findall(COMMENT.sub('', cpp)))


def names(mjs):
    return {row for match in NAME.finditer(COMMENT.sub('', mjs)) for row in match.group(2).split(', ')}


def finds_forged_tests():
    return all([
        due('# x 1\nscenario 2.9-2.11 3.1\n\njourney 7\n')
        == [('scenario', '2.9'), ('scenario', '2.10'), ('scenario', '2.11'), ('scenario', '3.1'), ('journey', '7')],
        rows('QTest::newRow("2.4 a") << 1; // 2.5\nQTest::addRow(\n    "10.1 b %s");\n'
             'QTest::newRow("2.60")\n// QTest::newRow("2.7 c")') == {'2.4', '10.1'},
        names("    // test('row 1: no test')\n    test('row 2: a', () => {\n"
              "  test(`issue 2, rows 3, 40, semantics 2.8: ${b}`\n        'row 5: c': [1],\n"
              "    assert.equal(x, 'row 6: d');\n") == {'2', '3', '40', '5'},
    ])


def main(root):
    sources.self_test('rows', finds_forged_tests())
    unit = sources.files(root, ['tests/unit'], ('.cpp',))
    suites = sources.files(root, ['tests/journeys/protocol', 'tests/journeys/sdk', 'tests/journeys/python'], ('.test.mjs',))
    found = {'scenario': set().union(*(rows(sources.read(root, path)) for path in unit)),
             'journey': set().union(*(names(sources.read(root, path)) for path in suites))}
    listed = due(sources.read(root, 'tests/checks/rows.txt'))
    errors = [f'tests/checks/rows.txt: no test is named by {kind} {row}'
              for kind, row in listed if row not in found[kind]]
    sources.finish('rows', errors, len(listed) and len(unit) + len(suites))


main(sys.argv[1])
