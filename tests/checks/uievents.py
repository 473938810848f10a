# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""Tests of the window imitate people: keys and mouse, never a call of what a widget does (ui.md 27.2).

usage: uievents.py <root of the repository>
"""

import os
import re
import sys

import sources

FOLDERS = ('tests/ui', 'tests/journeys')
# The one place that may set what a test starts from.
ARRANGING = ('tests/ui/support/arrange.h', 'tests/ui/support/arrangewindow.h')
# What people do with a widget, called as a function. On a widget: through a pointer. Models and
# values are reached by `.` or have other names.
CALLS = ('trigger', 'click', 'animateClick', 'toggle', 'setText', 'setPlainText', 'insertPlainText',
         'appendPlainText', 'insert', 'setChecked', 'setValue', 'setCurrentText', 'setEditText',
         'setCurrentIndex', 'setCurrentRow', 'setCurrentItem', 'selectRow', 'selectAll', 'selectId',
         'setExpanded', 'expand', 'collapse', 'accept', 'reject', 'setCurrentWidget', 'clear',
         'setSliderPosition', 'clearCurrent', 'resetLayout', 'popup', 'exec')
# The doors behind the widgets.
NAVIGATION = ('go', 'openRun', 'openSavedView', 'openRunWindow', 'openEvent', 'openFunction',
              'filterRuns', 'goToTime', 'composeEvent', 'composeInvoke', 'select')
WINDOW = ('go', 'goBack', 'goForward', 'showView', 'showSavedView', 'showStartPage', 'showPalette',
          'openRunWindow', 'walkPanes', 'togglePanel', 'showPanel', 'resetLayout')
BACKEND = ('act', 'start', 'stopBulk', 'send', 'invoke', 'addApp', 'syncApp', 'removeApp', 'setSample',
           'startServer', 'stopServer')
TO = r'\s*(?:\.|->)\s*'
FORBIDDEN = [re.compile(pattern) for pattern in (
    r'->\s*(?:' + '|'.join(CALLS) + r')\s*\(',
    r'\bnavigator(?:\(\))?' + TO + '(?:' + '|'.join(NAVIGATION) + r')\s*\(',
    r'\bwindow(?:\(\))?' + TO + '(?:' + '|'.join(WINDOW) + r')\s*\(',
    r'(?:\.|->)settings(?:\(\))?' + TO + r'set[A-Z]\w*\s*\(',
    r'\bbackend\(\)' + TO + '(?:' + '|'.join(BACKEND) + r')\s*\(',
    r'\bQMetaObject::invokeMethod',
    r'\bQ_EMIT\b|\bemit\s',
)]
# The wheel and the handle have no event in Qt Test 6.4 that goes to a row.
ALLOWED = re.compile(r'(?:vertical|horizontal)ScrollBar\(\)->setValue')


def is_wrong(line):
    return any(pattern.search(ALLOWED.sub('', line)) for pattern in FORBIDDEN)


def findings(root, path):
    lines = sources.read(root, path).splitlines()
    code = sources.without_comments('\n'.join(lines)).split('\n')
    return [f'{path}:{number}: {lines[number - 1].strip()}'
            for number, line in enumerate(code, 1) if is_wrong(line)]


def main(root):
    sources.self_test('uievents', all(is_wrong(line) for line in (
        'button->click();', 'window->showView("runs"_ba);', 'stage.window->go(place);',
        'ui.navigator.composeEvent();', 'workspace().navigator.openRun(run);',
        'stage.ui.settings.setTheme(Theme::Dark);', 'desk.backend().stopServer();',
        'Q_EMIT view.opened();', 'panel->clear();', 'table->selectId(id);')))
    sources.self_test('uievents', not any(is_wrong(line) for line in (
        'bar->verticalScrollBar()->setValue(7);', 'ui.backend.post(run);', 'list.insert(at, row);',
        'QCOMPARE(ui.navigator.selection().run, run);', 'settings.setTheme(ThemeChoice::Dark);')))
    files = [path for path in sources.files(root, FOLDERS, ('.cpp', '.h')) if path not in ARRANGING]
    wrong = [finding for path in files for finding in findings(root, path)]
    sources.finish('uievents', wrong, len(files))


main(sys.argv[1])
