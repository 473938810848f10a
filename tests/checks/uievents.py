# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""Tests of the window imitate people: keys and mouse, never a call of what a widget does (ui.md 27.2).

usage: uievents.py <root of the repository>
"""

import os
import re
import sys

FOLDERS = ('tests/ui', 'tests/journeys')
# What people do with a widget, called as a function.
CALLS = ('trigger', 'click', 'animateClick', 'toggle', 'setText', 'setPlainText', 'insertPlainText',
         'appendPlainText', 'insert', 'setChecked', 'setValue', 'setCurrentText', 'setEditText',
         'setCurrentIndex', 'setCurrentRow', 'setCurrentItem', 'selectRow', 'selectAll', 'setExpanded',
         'expand', 'collapse', 'accept', 'reject', 'setCurrentWidget', 'setSliderPosition')
# On a widget: through a pointer. Models and values are reached by `.` or have other names.
CALL = re.compile(r'->\s*(' + '|'.join(CALLS) + r')\s*\(')
INVOKE = re.compile(r'QMetaObject::invokeMethod')


def main(root):
    wrong = files = 0
    for folder in FOLDERS:
        for path, _, names in os.walk(os.path.join(root, folder)):
            if 'node_modules' in path:
                continue
            for name in sorted(names):
                if not name.endswith(('.cpp', '.h')):
                    continue
                files += 1
                full = os.path.join(path, name)
                with open(full, encoding='utf-8') as source:
                    for number, line in enumerate(source, 1):
                        code = line.split('//')[0]
                        # The wheel and the handle have no event in Qt Test 6.4 that goes to a row.
                        code = code.replace('verticalScrollBar()->setValue', '')
                        if CALL.search(code) or INVOKE.search(code):
                            wrong += 1
                            print(f'{os.path.relpath(full, root)}:{number}: {line.strip()}')
    if files == 0:
        print('no test of the window was found')
        return 1
    print(f'{files} files, {wrong} calls that people cannot make')
    return 1 if wrong else 0


sys.exit(main(sys.argv[1]))
