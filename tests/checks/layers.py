# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""Reads all includes of devserver/, app/ and ui/: only the edges of style.md 2.4 are allowed.

usage: layers.py <root of the repository> <folder with Qt's headers>
"""

import os
import re
import sys

import sources

# folder: (our folders it may include, libraries it may use). Everybody may use Qt Core, tl::expected
# and the standard library; a folder may always include itself.
RULES = {
    'devserver/model': ((), ()),
    'devserver/api': (('model',), ()),
    # REST bodies are wire formats too, and what they write are the answers of api/queries.h.
    'devserver/protocol': (('model', 'api'), ()),
    'devserver/expr': (('model',), ()),
    'devserver/engine': (('model', 'expr'), ()),
    'devserver/store': (('model', 'api'), ('QtSql', 'QCoro', 'sqlite')),
    'devserver/transport': (('model', 'api', 'protocol'), ('QtNetwork', 'QCoro', 'boost', 'curl')),
    'devserver/sdk': (('model', 'protocol'), ()),
    'devserver/remote': (('model', 'api', 'protocol'), ('QtNetwork', 'QCoro')),
    'devserver/host': (('model', 'api', 'protocol', 'expr', 'engine', 'store', 'transport', 'sdk'),
                       ('QtNetwork', 'QtSql', 'QCoro')),
    'ui/core': (('model', 'api'), ('QtGui',)),
    'ui/compat': (('model', 'api'), ('QtGui', 'QtDBus')),
    'ui': (('model', 'api'), ('QtGui', 'QtWidgets', 'QtSvg', 'QtSvgWidgets')),
    'app': (('model', 'api', 'protocol', 'expr', 'engine', 'store', 'transport', 'sdk', 'host'),
            ('QtNetwork', 'QCoro')),
    'app/main.cpp': (('model', 'api', 'host'), ('QtGui', 'QtWidgets')),
}

# ui/: what several features need lives in these; features do not include each other.
UI_SHARED = {'core', 'widgets', 'compat'}

# The engine is a function (style.md 2.3): no objects, timers, threads, clocks, chance.
NOT_IN_ENGINE = {'QObject', 'QTimer', 'QBasicTimer', 'QThread', 'QMutex', 'QFuture', 'QUuid', 'QLocale',
                 'QRandomGenerator', 'QElapsedTimer', 'QDeadlineTimer', 'QLoggingCategory'}

INCLUDE = re.compile(r'^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)


def qt_modules(folder):
    """Header name → module, e.g. QTcpSocket → QtNetwork."""
    modules = {}
    for module in sorted(os.listdir(folder)):
        path = os.path.join(folder, module)
        if module.startswith('Qt') and os.path.isdir(path):
            for header in os.listdir(path):
                modules.setdefault(header, module)
                modules[f'{module}/{header}'] = module
    return modules


def layer(path):
    """The longest key of RULES that the path lies in."""
    return max((key for key in RULES if path == key or path.startswith(key + '/')),
               key=len, default=None)


def library(header, modules):
    if header == 'sqlite3.h':
        return 'sqlite'
    if header.startswith('QCoro'):
        return 'QCoro'
    if header.startswith(('boost/', 'curl/')):
        return header.split('/')[0]
    return modules.get(header)


def our_include(path, included):
    """An error text or None for `#include "…"`."""
    target = included.split('/')
    if target[0] == 'devserver' and len(target) > 2:
        own = '/'.join(path.split('/')[:2]) == '/'.join(target[:2])
        return None if own or target[1] in RULES[layer(path)][0] else 'layer not allowed'
    if target[0] == 'ui' and path.startswith('ui/core/'):
        is_system = included == 'ui/compat/filesync.h'  # knows nothing of ours
        return None if target[1] == 'core' or is_system else 'ui/core includes itself only'
    if target[0] == 'ui' and path.startswith('ui/'):
        feature = path.split('/')[1]
        shell = feature == 'shell'
        return None if shell or target[1] in UI_SHARED | {feature} else 'features do not meet'
    if target[0] == 'ui':
        return None if path == 'app/main.cpp' else 'only app/main.cpp knows the window'
    if target[0] == 'app':
        return None if path.startswith('app/') else 'nobody may use app/'
    if len(target) == 1 and target[0].endswith('.moc'):
        return None
    return 'not a path from the root of the repository'


def library_include(path, header, modules):
    """An error text or None for `#include <…>`."""
    if re.fullmatch(r'Qt[A-Z]\w*', header) and modules.get(header) == header:
        return 'module header, include the class'
    if path.startswith('devserver/engine/') and header.split('/')[-1] in NOT_IN_ENGINE:
        return 'the engine is a function'
    name = library(header, modules)
    if name in (None, 'QtCore'):
        return None
    if name not in RULES[layer(path)][1]:
        return f'{name} is not allowed here'
    if name == 'sqlite' and not path.endswith('.cpp'):
        return 'sqlite3.h in .cpp files only'
    return None


def check(path, text, modules):
    if layer(path) is None:
        return [f'{path}: no rule for this folder in tests/checks/layers.py']
    errors = []
    for match in INCLUDE.finditer(text):
        ours, theirs = match.groups()
        reason = our_include(path, ours) if ours else library_include(path, theirs, modules)
        if reason:
            line = text.count('\n', 0, match.start(1 if ours else 2)) + 1
            errors.append(f'{path}:{line}: {ours or theirs}: {reason}')
    return errors


def finds_forged_files(modules):
    bad = [
        ('devserver/engine/forged.cpp', '#include "devserver/store/store.h"'),
        ('devserver/engine/forged.cpp', '#include <QTimer>'),
        ('devserver/model/forged.h', '#include "devserver/api/reply.h"'),
        ('devserver/model/forged.h', '#include <QTcpSocket>'),
        ('devserver/model/forged.h', '#include <QtCore>'),
        ('devserver/store/forged.h', '#include <sqlite3.h>'),
        ('devserver/host/forged.cpp', '#  include <sqlite3.h>'),
        ('devserver/host/forged.cpp', '#include <boost/beast/http.hpp>'),
        ('devserver/sdk/forged.cpp', '#include <QCoroTask>'),
        ('devserver/host/forged.cpp', '#include "app/options.h"'),
        ('devserver/host/forged.cpp', '#include "pump.h"'),
        ('devserver/new/forged.cpp', ''),
        ('ui/runs/forged.cpp', '#include "ui/events/eventlist.h"'),
        ('ui/runs/forged.cpp', '#include "devserver/host/pump.h"'),
        ('app/headless.cpp', '#include "ui/shell/mainwindow.h"'),
    ]
    good = [
        ('devserver/store/forged.cpp', '#include <sqlite3.h>\n#include <QSqlQuery>'),
        ('devserver/transport/forged.h', '#include <QTcpSocket>\n#include <boost/beast.hpp>'),
        ('devserver/engine/forged.h', '#include "devserver/expr/expr.h"\n#include <QMap>'),
        ('ui/runs/forged.cpp', '#include "ui/core/format.h"\n#include "forged.moc"'),
    ]
    return all(check(*case, modules) for case in bad) and not any(
        check(*case, modules) for case in good)


def main():
    root, headers = sys.argv[1:3]
    modules = qt_modules(headers)
    sources.self_test('layers', finds_forged_files(modules))
    paths = sources.files(root, ['devserver', 'app', 'ui'], ['.h', '.cpp'])
    errors = [error for path in paths
              for error in check(path, sources.read(root, path), modules)]
    sources.finish('layers', errors, len(paths))


main()
