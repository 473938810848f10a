# SPDX-FileCopyrightText: 2026 The Redrive authors
# SPDX-License-Identifier: Apache-2.0
"""Looks for braces in a full expression with co_await: g++ 12.2 destroys such temporaries twice
(style.md Appendix A, rows 1 and 2).

usage: coawait.py <root of the repository>
"""

import re
import sys

import sources

# The searches of Appendix A. `const {` and `noexcept {` begin a function, never an aggregate.
SEARCHES = [
    re.compile(r'co_await[^;{]*[^)\s]\s*\{[^;]*;'),
    re.compile(r'\b(?!else\b|try\b|do\b|const\b|noexcept\b)[A-Za-z_]\w*\s*\{[^;{}]*co_await[^;]*;'),
]


def check(path, text):
    plain = sources.without_comments(text)
    lines = {plain.count('\n', 0, match.start()) + 1
             for search in SEARCHES for match in search.finditer(plain)}
    return [f'{path}:{line}: braces in an expression with co_await: name it, then move it'
            for line in sorted(lines)]


def finds_forged_files():
    bad = [
        'auto a = co_await call(Request{.url = u});',
        'auto a = co_await call({.url = u});',
        'if ((co_await call(Request{u})).ok()) return;',
        'auto x = X{.a = co_await f()};',
        'co_await f({a, b});',
        'co_await\n    f(\n        Request{"}"});',
    ]
    good = [
        'if (co_await x()) {\n    g();\n}',
        'Request request{.url = u};\nco_await call(std::move(request));',
        'Task<> A::run() const\n{\n    co_await b();\n}',
        'try {\n    co_await b();\n} catch (...) {\n    c();\n}',
        '// co_await f(Request{});\ncall("co_await f({})");',
        'co_return X{a};',
    ]
    return all(check('bad.cpp', text) for text in bad) and not any(
        check('good.cpp', text) for text in good)


def main():
    root = sys.argv[1]
    sources.self_test('coawait', finds_forged_files())
    paths = sources.files(root, ['devserver', 'app', 'ui', 'tests'], ['.h', '.cpp'])
    errors = [error for path in paths for error in check(path, sources.read(root, path))]
    sources.finish('coawait', errors, len(paths))


main()
