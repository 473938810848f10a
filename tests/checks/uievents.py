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
# What people do with a widget, called as a function. Through a pointer it is one; what is reached by
# `.` may be a model or a text that has the same name for something else.
CALLS = ('trigger', 'click', 'animateClick', 'toggle', 'setText', 'setPlainText', 'insertPlainText',
         'appendPlainText', 'insert', 'setChecked', 'setValue', 'setCurrentText', 'setEditText',
         'setCurrentIndex', 'setCurrentRow', 'setCurrentItem', 'selectRow', 'selectAll', 'selectId',
         'setExpanded', 'expand', 'collapse', 'accept', 'reject', 'setCurrentWidget', 'clear',
         'setSliderPosition', 'clearCurrent', 'resetLayout', 'popup', 'exec', 'choose', 'chooseUsual')
# Only widgets have these.
WIDGET_CALLS = ('trigger', 'click', 'animateClick', 'setText', 'setPlainText', 'insertPlainText',
                'appendPlainText', 'setChecked', 'setCurrentText', 'setEditText', 'setCurrentIndex', 'setCurrentRow',
                'setCurrentItem', 'selectRow', 'selectAll', 'selectId', 'setExpanded', 'setCurrentWidget',
                'setSliderPosition')
# The hands of the tests, which do it by events.
HANDS = {'stage', 'desk', 'start'}
# A variable or a parameter that is a widget, by its type.
WIDGET = re.compile(r'\b(?:\w+(?:Button|Edit|Box|View|Table|Dialog|Menu|MenuBar|TabBar|TabWidget|Tabs|Slider|'
                    r'Dial|ListWidget|TreeWidget|Stack|StackedWidget|Pane|Panel|Page|Popup|Sheet|Window|Composer|'
                    r'Inspector|FilterLine)|QAction)\s*&?\s+&?(\w+)\s*[;,(){=]')
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
    TO + r'showPlace\s*\(',
    r'\bnavigator(?:\(\))?' + TO + '(?:' + '|'.join(NAVIGATION) + r')\s*\(',
    r'\bwindow(?:\(\))?' + TO + '(?:' + '|'.join(WINDOW) + r')\s*\(',
    r'(?:\.|->)settings(?:\(\))?' + TO + r'set[A-Z]\w*\s*\(',
    r'\bbackend\(\)' + TO + '(?:' + '|'.join(BACKEND) + r')\s*\(',
    r'\bQMetaObject::invokeMethod',
    r'\bQ_EMIT\b|\bemit\s',
)]
# The wheel and the handle have no event in Qt Test 6.4 that goes to a row.
ALLOWED = re.compile(r'(?:vertical|horizontal)ScrollBar\(\)->setValue')


# What is done through a dot, and to what: the end of `a`, `a.b()`, `a->b(c)` or `a[0]`.
VALUE = re.compile(r'(\w+|[)\]])\s*\.\s*(' + '|'.join(CALLS) + r')\s*\(')


def wrong_places(code):
    """Where in code without comments a test does what only events may do."""
    widgets = set(WIDGET.findall(code))
    code = ALLOWED.sub(lambda match: ' ' * len(match.group()), code)
    for pattern in FORBIDDEN:
        yield from (match.end() - 1 for match in pattern.finditer(code))
    for match in VALUE.finditer(code):
        of, call = match.groups()
        if of not in HANDS and (call in WIDGET_CALLS or of in widgets):
            yield match.start(2)


def is_wrong(code):
    return any(True for _ in wrong_places(code))


def findings(root, path):
    text = sources.read(root, path)
    lines = text.splitlines()
    code = sources.without_comments(text)
    numbers = sorted({code.count('\n', 0, place) + 1 for place in wrong_places(code)})
    return [f'{path}:{number}: {lines[number - 1].strip()}' for number in numbers]


def main(root):
    sources.self_test('uievents', all(is_wrong(line) for line in (
        'button->click();', 'window->showView("runs"_ba);', 'stage.window->go(place);',
        'ui.navigator.composeEvent();', 'workspace().navigator.openRun(run);',
        'stage.ui.settings.setTheme(Theme::Dark);', 'desk.backend().stopServer();',
        'Q_EMIT view.opened();', 'panel->clear();', 'table->selectId(id);',
        'stage.view->showPlace(place);', 'again.showPlace({.view = name});', 'button\n    ->click();',
        'window->findChild<FavouriteFolder *>()->choose(path);',
        # On values: that only a widget has it, or that it is a widget, tells.
        'button.click();', 'edit.setText(text);', 'page.table().selectRow(1);', 'buttons[0].click();',
        'QLineEdit edit; edit.clear();', 'QLineEdit &edit = *found; edit.insert(text);',
        'ListTable table(ui);\n table.selectAll();',
        'QMenu menu(button);\nmenu.popup(point);', 'void close(QDialog &dialog) { dialog.reject(); }')))
    sources.self_test('uievents', not any(is_wrong(line) for line in (
        'bar->verticalScrollBar()->setValue(7);', 'ui.backend.post(run);', 'list.insert(at, row);',
        'QCOMPARE(ui.navigator.selection().run, run);', 'settings.setTheme(ThemeChoice::Dark);',
        'stage.click("deadRetry");', 'desk.click(button);', 'QStringList edits; edits.clear();',
        'ui.theme.choose(choice, false);', 'arrange::place(*stage.view, place);')))
    files = [path for path in sources.files(root, FOLDERS, ('.cpp', '.h')) if path not in ARRANGING]
    wrong = [finding for path in files for finding in findings(root, path)]
    sources.finish('uievents', wrong, len(files))


main(sys.argv[1])
